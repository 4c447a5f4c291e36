/** What a host is as a machine, as far as evaluation tells it: the harness is in it, nothing is built yet. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Progress } from '../../core/progress.ts'
import type { MachineSize } from '../../core/values/machine-size.ts'
import type { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import type { Subject } from '../subject.ts'
import { type HarnessSettings, writeWrapper } from '../wrapper.ts'
import { hostSecretsSchema } from './host-secret.ts'
import { differenceSchema } from './machine-difference.ts'
import { machineNetworkSchema } from './machine-network.ts'
import { blameMachine } from './machine-only.ts'
import { obstacleSchema } from './ssh-obstacle.ts'

export interface BootSurroundings {
  readonly nix: Nix
  readonly offline: boolean
  readonly scratch: string
  readonly cacheDir: string
  readonly progress: Progress
}

/** What the run wants of the machine, besides what the host says. */
export interface MachineWish {
  readonly size: MachineSize
  /** Paths in it of the files that are handed over. */
  readonly files: readonly string[]
}

const count = z.number().int().positive().nullable()

/** What wrapper/wrapper.nix says of a host. */
const schema = z.object({
  /** Derivations. */
  vm: z.string(),
  disks: z.array(z.object({ serial: z.string(), image: z.string() })),
  storeImage: z.string().nullable(),
  /** Its script makes an image of its store at each start, to be written to. */
  costlyStore: z.boolean(),
  system: z.string().nullable(),
  /** Trees of programs that it needs besides the base; the look-alike's machines have such. */
  trees: z.array(z.string()),
  memoryMiB: count,
  cores: count,
  diskMiB: count,
  vmVariant: z.string().nullable(),
  differences: z.array(differenceSchema).nullable(),
  secrets: hostSecretsSchema,
  network: machineNetworkSchema.nullable(),
  sshd: z.boolean(),
  sshPort: z.number().int(),
  sshForbidden: z.array(obstacleSchema),
})
export type EvaluatedMachine = z.infer<typeof schema>

const AGENT = join(import.meta.dirname, '../../shell/agent/agent.sh')

/** Of which an empty one can be made: the toolbox has no programs for others. */
const formatsOf = (offline: boolean): readonly string[] =>
  offline ? ['ext2', 'ext3', 'ext4'] : ['ext2', 'ext3', 'ext4', 'btrfs', 'f2fs', 'vfat', 'xfs']

/**
 * @param publicKey that lets nixcumber in over ssh
 * @throws NixRefused when it does not evaluate; EnvironmentBroken when the host does, or Nix cannot work here
 */
export async function evaluateMachine(
  subject: Subject,
  host: string,
  wish: MachineWish & { readonly publicKey: string },
  { nix, offline, scratch, progress }: BootSurroundings,
): Promise<EvaluatedMachine> {
  const settings = await harnessSettings(wish, offline)
  const wrapped = await subject.wrapped()
  const target = await writeWrapper(scratch, wrapped, settings, { offline })
  const task = progress.start(`evaluating host ${host} as a machine`)
  const asked = { sources: () => subject.sources(), settings: await subject.settings() }
  const { value } = await nix
    .eval(target, { subject: `host "${host}" does not evaluate`, ...asked, task }, `plan: plan ${nixString(host)}`)
    .finally(() => task.done())
    .catch(async (error: unknown) => {
      throw await blameMachine(error, subject, host)
    })
  return schema.parse(value)
}

const harnessSettings = async (
  { size, files, publicKey }: MachineWish & { readonly publicKey: string },
  offline: boolean,
): Promise<HarnessSettings> => ({
  authorizedKey: publicKey,
  agent: await readFile(AGENT, 'utf8'),
  formats: formatsOf(offline),
  ...size,
  ...(files.length === 0 ? {} : { files: true }),
})
