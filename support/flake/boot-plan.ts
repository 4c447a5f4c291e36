import { createHash } from 'node:crypto'
import { mkdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { NixcumberError } from '../core/errors.ts'
import type { MachineSize } from '../core/machine-size.ts'
import type { Progress } from '../core/progress.ts'
import type { Nix } from '../nix/nix.ts'
import { nixString } from '../nix/nix-string.ts'
import { hostSecretsSchema, type MissingSecret, missingSecrets, secretDifferences, secretNotes } from './host-secret.ts'
import { identity } from './identity.ts'
import { differenceSchema, type MachineDifference, summary, toDifference } from './machine-difference.ts'
import { machineNetworkSchema, networkDifferences, networkNotes } from './machine-network.ts'
import { qemuOf } from './qemu.ts'
import { obstacleSchema, showObstacle } from './ssh-obstacle.ts'
import { type StoreImage, storeImageOf } from './store-image.ts'
import type { Subject } from './subject.ts'
import { writeWrapper } from './wrapper.ts'

/** A host, built and ready to be booted. It is a `NixosShellPlan` of support/machine, and says a little more. */
export interface BootPlan {
  readonly kind: 'nixos-shell'
  readonly name: string
  readonly vm: string
  /** Folder of the QEMU that its script starts, where that is one of the store. */
  readonly qemu?: string
  /** The host's own system, as it would be installed. The machine's own when the host evaluates only as one. */
  readonly toplevel: string
  /** The system inside the machine: the host's, with nixos-shell's module and the harness. Unknown to some `vm`s. */
  readonly vmToplevel?: string
  /** Of its programs: `aarch64-linux`. */
  readonly system?: string
  /** What QEMU gives to it. Unknown of a NixOS that says it otherwise. */
  readonly memoryMiB?: number
  readonly cores?: number
  /** Of its root disk. */
  readonly diskMiB?: number
  /** Which of its host's variants for virtual machines is in it: `vmVariant` or `vmVariantWithDisko`. */
  readonly vmVariant?: string
  /** Disks that its QEMU has besides, each with the image that it begins as. */
  readonly disks: readonly PlannedDisk[]
  /** Its store, where its script does not make an image of it by itself. */
  readonly storeImage?: StoreImage
  /** What is not as the host has it, found by evaluation. Absent where that cannot be told (before NixOS 21.05). */
  readonly differences?: readonly MachineDifference[]
  /** Paths in it of the files that are handed over. */
  readonly files: readonly string[]
  /** Secrets that the host expects, and that it has not: no key of theirs was handed over. */
  readonly missingSecrets: readonly MissingSecret[]
  /** Address to which ports of the runner lead; left out for what QEMU's DHCP hands out, empty where the machine has no IPv4. */
  readonly guestAddress?: string
  readonly identityFile: string
  /** The host's own sshd; the harness never turns it on. Without it there is no way in over ssh. */
  readonly sshd: boolean
  /** Where it can be reached: the first port that it has and the firewall lets through. */
  readonly sshPort: number
  /** What of the host keeps nixcumber's key out, a line each with the option and where it is set. */
  readonly sshForbidden: readonly string[]
  /** Equal for equal machines. */
  readonly fingerprint: string
}

export interface PlannedDisk {
  /** udev makes `/dev/disk/by-id/virtio-<serial>` of it. */
  readonly serial: string
  /** Store path of a folder with `disk.qcow2`. */
  readonly image: string
}

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
/** Of which an empty one can be made: the toolbox has no programs for others. */
const formatsOf = (offline: boolean): readonly string[] =>
  offline ? ['ext2', 'ext3', 'ext4'] : ['ext2', 'ext3', 'ext4', 'btrfs', 'f2fs', 'vfat', 'xfs']

const planSchema = z.object({
  vm: z.string(),
  system: z.string().nullable(),
  memoryMiB: count,
  cores: count,
  diskMiB: count,
  vmVariant: z.string().nullable(),
  disks: z.array(z.object({ serial: z.string(), image: z.string() })),
  storeImage: z.string().nullable(),
  differences: z.array(differenceSchema).nullable(),
  secrets: hostSecretsSchema,
  network: machineNetworkSchema.nullable(),
  sshd: z.boolean(),
  sshPort: z.number().int(),
  sshForbidden: z.array(obstacleSchema),
})
const AGENT = join(import.meta.dirname, '../shell/agent/agent.sh')

/**
 * Evaluates the host with the harness in it, and builds its virtual machine.
 * @throws NixRefused when it does not evaluate or build; NixUnavailable when Nix cannot work here
 */
export async function makeBootPlan(
  subject: Subject,
  host: string,
  { size, files }: MachineWish,
  { nix, offline, scratch, cacheDir, progress }: BootSurroundings,
): Promise<BootPlan> {
  // Both halves of the work at once; the second is only looked at when the first has succeeded.
  const toplevel = subject.toplevel(host).catch(ours)
  const { file, publicKey } = await identity(cacheDir)
  const settings = {
    authorizedKey: publicKey,
    agent: await readFile(AGENT, 'utf8'),
    formats: formatsOf(offline),
    ...size,
    ...(files.length === 0 ? {} : { files: true as const }),
  }
  const wrapped = await subject.wrapped()
  const folder = join(scratch, `wrapper-${hash(wrapped, settings)}`)
  const target = await writeWrapper(folder, wrapped, settings, offline)

  const evaluating = progress.start(`evaluating host ${host} as a machine`)
  const asked = { sources: () => subject.sources(), settings: await subject.settings() }
  const { value } = await nix
    .eval(
      target,
      { subject: `host "${host}" does not evaluate`, ...asked, task: evaluating },
      `plan: plan ${nixString(host)}`,
    )
    .finally(() => evaluating.done())
  const {
    vm: derivation,
    system,
    memoryMiB,
    cores,
    diskMiB,
    disks,
    differences,
    secrets,
    storeImage: maker,
    network,
    vmVariant,
    sshForbidden,
    ...said
  } = planSchema.parse(value)

  const otherwise = differences?.map(toDifference)
  if (otherwise) for (const text of summary(host, otherwise)) progress.note(text)
  const missing = missingSecrets(secrets, files)
  for (const text of secretNotes(host, secrets, missing)) progress.note(text)
  if (network) for (const text of networkNotes(host, network)) progress.note(text)

  const building = progress.start(`building host ${host}`)
  const links = join(scratch, 'links')
  await mkdir(links, { recursive: true })
  const link = join(links, hash(host, derivation))
  const vm = await nix
    .build(derivation, link, { subject: `host "${host}" does not build`, ...asked, task: building })
    .finally(() => building.done())

  const qemu = await qemuOf(vm, { nix, cacheDir, progress })
  const build = (what: string, drv: string) =>
    nix.build(drv, join(links, hash(drv)), { subject: `${what} of host "${host}" does not build`, ...asked })
  const built = await builtDisks(disks, drv => build('a disk', drv))
  const storeImage = maker === null ? undefined : await storeImageOf(await build('the store', maker), nix.toolchain)

  const sources = await subject.sources()
  const inside = await readlink(join(nix.toolchain.realPath(vm), 'system')).catch(() => undefined)
  const own = await toplevel
  if (own instanceof NixcumberError) progress.note(`Only as a machine: ${own.message.split('\n')[0]}`)
  return {
    kind: 'nixos-shell',
    name: host,
    vm,
    ...(qemu === undefined ? {} : { qemu }),
    toplevel: own instanceof NixcumberError ? (inside ?? vm) : own.path,
    ...(inside === undefined ? {} : { vmToplevel: inside }),
    ...(system === null ? {} : { system }),
    ...(memoryMiB === null ? {} : { memoryMiB }),
    ...(cores === null ? {} : { cores }),
    ...(diskMiB === null ? {} : { diskMiB }),
    ...(vmVariant === null ? {} : { vmVariant }),
    ...(otherwise
      ? {
          differences: [
            ...otherwise,
            ...files.map(handedOver),
            ...secretDifferences(missing),
            ...networkDifferences(network),
          ],
        }
      : {}),
    files,
    missingSecrets: missing,
    ...(storeImage === undefined ? {} : { storeImage }),
    disks: built,
    ...(typeof network?.guestAddress === 'string' ? { guestAddress: network.guestAddress } : {}),
    identityFile: file,
    ...said,
    sshForbidden: sshForbidden.map(obstacle => showObstacle(obstacle, sources)),
    fingerprint: hash(vm),
  }
}

/** Disks that begin alike begin as one image. */
async function builtDisks(
  disks: readonly PlannedDisk[],
  build: (image: string) => Promise<string>,
): Promise<PlannedDisk[]> {
  const images = new Map<string, string>()
  for (const image of new Set(disks.map(disk => disk.image))) images.set(image, await build(image))
  return disks.map(({ serial, image }) => ({ serial, image: images.get(image) ?? image }))
}

const handedOver = (path: string): MachineDifference => ({
  option: path,
  machine: 'a file handed over',
  why: 'machines.NAME.files of the configuration',
})

function ours(error: unknown): NixcumberError {
  if (error instanceof NixcumberError) return error
  throw error
}

const hash = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
