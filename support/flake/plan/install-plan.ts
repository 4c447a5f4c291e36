/** A host as it would be installed: what is evaluated and built for that. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { refuse } from '../../core/refusal.ts'
import { shortHash } from '../../core/text/short-hash.ts'
import { nixString } from '../../nix/nix-string.ts'
import type { Subject } from '../subject.ts'
import { writeWrapper } from '../wrapper.ts'
import { contentsIn } from './contents-in.ts'
import type { BootSurroundings } from './evaluated-machine.ts'
import { type LuksPlan, luksDifferences, luksPlan, luksSchema } from './luks-plan.ts'
import type { MachineDifference } from './machine-difference.ts'
import { qemuOf } from './qemu.ts'

/** It is an `InstalledPlan` of support/machine. */
export interface InstallPlan {
  readonly kind: 'installed'
  readonly name: string
  /** Store paths of the very system, and of the script that lays out its disks. */
  readonly toplevel: string
  readonly diskScript: string
  /** Of both closures: a path of the store does not bind what lies there, and what was installed is kept for other runs. */
  readonly contents: readonly string[]
  /** Devices that the script wipes, by disko's names. */
  readonly devices: Readonly<Record<string, string>>
  readonly firmware: 'BIOS' | 'UEFI'
  /** Modules of its initrd. */
  readonly drivers: readonly string[]
  /** Devices that it mounts or opens, by its own names for them. */
  readonly waitsFor: readonly string[]
  readonly luks: LuksPlan
  /** What of it is not as the host has it. */
  readonly differences: readonly MachineDifference[]
  /** The `run-*-vm` of the machine that installs it. */
  readonly rescue: string
  readonly qemu?: string
}

/** What wrapper/install.nix says: derivations. */
const schema = z.object({
  toplevel: z.string(),
  script: z.string(),
  rescue: z.string(),
  uefi: z.boolean(),
  drivers: z.array(z.string()),
  waitsFor: z.array(z.string()),
  luks: luksSchema,
  systemdBoot: z.boolean(),
  cards: z.array(z.object({ name: z.string(), option: z.string(), addresses: z.array(z.string()) })),
})

/**
 * @throws UsageError for a host without a layout of disks; NotSupported where its disks cannot be unlocked; NixRefused when it does not evaluate or build; NixUnavailable when Nix cannot work
 * here
 */
export async function makeInstallPlan(
  subject: Subject,
  host: string,
  surroundings: BootSurroundings,
): Promise<InstallPlan> {
  const { nix, cacheDir, progress } = surroundings
  const bound = await subject.bound(host)
  const { diskScript, disks } = bound
  if (diskScript === null || disks === null || Object.keys(disks).length === 0) throw withoutLayout(host)
  const wanted = await evaluate(subject, host, surroundings)
  if (wanted.toplevel !== bound.toplevel.derivation || wanted.script !== diskScript.derivation)
    throw new EnvironmentBroken(`Host "${host}" is another system where it is installed than where it is evaluated`)
  const luks = luksPlan(host, wanted.luks, wanted)
  const build = await builder(subject, host, surroundings)
  const task = progress.start(`building host ${host}, and what installs it`)
  try {
    const toplevel = await build('the system', wanted.toplevel)
    const script = await build('the disk script', wanted.script)
    const rescue = await build('the machine that installs', wanted.rescue)
    const contents = await contentsIn(nix, host, [toplevel, script])
    const qemu = await qemuOf(rescue, { nix, cacheDir, progress })
    return {
      ...{ kind: 'installed', name: host, toplevel, diskScript: script, contents, devices: disks, rescue },
      ...{ firmware: wanted.uefi ? 'UEFI' : 'BIOS', drivers: wanted.drivers, waitsFor: wanted.waitsFor, luks },
      differences: differencesOf(host, wanted, luks, progress),
      ...(qemu === undefined ? {} : { qemu }),
    }
  } finally {
    task.done()
  }
}

/** Told before anything boots: what fails for want of a network is no fault of the host. */
function differencesOf(
  host: string,
  { cards }: z.infer<typeof schema>,
  luks: LuksPlan,
  progress: Progress,
): MachineDifference[] {
  const networks = cards.map(({ name, option, addresses }) => ({
    ...{ option, host: [name, ...addresses].join(', '), machine: 'one card with DHCP' },
    why: 'the network of an installed machine is that of QEMU',
  }))
  const differences = [...networks, ...luksDifferences(luks)]
  for (const { option, host: has, machine, why } of differences)
    progress.note(`Where ${host} is installed ${option} is ${machine} (${has}): ${why}`)
  return differences
}

async function evaluate(subject: Subject, host: string, { nix, offline, scratch, progress }: BootSurroundings) {
  // The agent comes by credentials: nothing of nixcumber is in what is built.
  const none = { authorizedKey: '', agent: '' }
  const target = await writeWrapper(scratch, await subject.wrapped(), none, { offline, output: 'installs' })
  const task = progress.start(`evaluating what installs host ${host}`)
  const asked = { sources: () => subject.sources(), settings: await subject.settings(), task }
  const { value } = await nix
    .eval(
      target,
      { subject: `what installs host "${host}" does not evaluate`, ...asked },
      `install: install ${nixString(host)}`,
    )
    .finally(() => task.done())
  return schema.parse(value)
}

async function builder(subject: Subject, host: string, { nix, scratch }: BootSurroundings) {
  const links = join(scratch, 'links')
  await mkdir(links, { recursive: true })
  const asked = { sources: () => subject.sources(), settings: await subject.settings() }
  return (what: string, drv: string): Promise<string> =>
    nix.build(drv, join(links, shortHash(drv)), { subject: `${what} of host "${host}" does not build`, ...asked })
}

const withoutLayout = (host: string) =>
  refuse({
    what: `Host "${host}" cannot be installed: it has no layout of disks`,
    expected: 'config.system.build.diskoScript, by the module of disko, with disks in disko.devices.disk',
  })
