/** What the gate asks of a target by itself, whether or not a feature speaks of it: all that keeps a host from being installed there. Pure. */
import type { Layout } from '../../flake/layout/layout.ts'
import type { HostNeeds } from '../../flake/plan/host-needs.ts'
import type { Fact } from '../../probe/fact.ts'
import type { TargetFacts } from '../../target/facts.ts'
import { hasDisk } from '../../target/judge/disks.ts'
import { haveDrivers } from '../../target/judge/drivers.ts'
import { layoutDisks } from '../../target/judge/early-disks.ts'
import { bootsAsExpected, hasArchitecture } from '../../target/judge/firmware.ts'
import { layoutStandsAlone } from '../../target/judge/hangs.ts'
import { mayKexec } from '../../target/judge/kexec.ts'
import { leastSize } from '../../target/judge/least-size.ts'
import { hasMemory } from '../../target/judge/memory.ts'
import { networkFits } from '../../target/judge/network.ts'
import { type Judgement, notKnown } from '../../target/judgement.ts'
import type { KernelModules } from '../../target/modules/kernel-modules.ts'
import { oneLine } from '../one-line.ts'
import type { Preflight } from './bound-target.ts'

/** What of a host the judgements go by. */
export interface HostInputs {
  readonly needs: HostNeeds
  /** Null where the host has none. */
  readonly layout: Layout | null
  /** Of its system; it is built. */
  readonly modules: Fact<KernelModules>
  /** Bytes of the closure of the disk script; null without one. */
  readonly script: number | null
  /** Whether a key of the caller gets into the host. */
  readonly entry: Judgement
  /** Bytes of the installer that kexec starts; left out where none is named. */
  readonly installer?: Fact<number>
}

/** @param disks devices by name, as the disk script of the host has them */
export function preflight(facts: TargetFacts, disks: Readonly<Record<string, string>>, host: HostInputs): Preflight[] {
  const { needs, layout, script, entry } = host
  const asked: readonly (readonly [what: string, judgement: Judgement])[] = [
    ['architecture', hasArchitecture(facts, needs)],
    ['boot mode', bootsAsExpected(facts, needs)],
    ...Object.entries(disks).map(
      ([name, device]) => [`disk ${name}`, hasDisk(facts, device, leastOf(layout, device))] as const,
    ),
    ...(layout === null && Object.keys(disks).length === 0
      ? []
      : [['what hangs on its disks', layout ? layoutStandsAlone(facts, layout) : notKnown(NO_LAYOUT)] as const]),
    ['drivers', drivers(facts, host)],
    ['network', networkFits(facts, needs)],
    ['your key', entry],
    ...(script === null ? [] : installer(facts, { ...host, script })),
  ]
  return asked.map(told)
}

const leastOf = (layout: Layout | null, device: string): number =>
  leastSize(layout?.disks.find(disk => disk.device === device)?.content ?? null)

const NO_LAYOUT = 'the host has disks, and no layout that says what becomes of them'

export const told = ([what, judgement]: readonly [string, Judgement]): Preflight => ({
  ...{ what: oneLine(what), outcome: judgement.is, said: saidOf(judgement) },
})

function drivers(
  facts: TargetFacts,
  { needs: { initrdModules, blacklisted }, layout, modules }: HostInputs,
): Judgement {
  if ('unknown' in modules) return notKnown(modules)
  return haveDrivers(facts, {
    modules: modules.is,
    initrdModules,
    blacklisted,
    disks: layout ? layoutDisks(layout) : [],
  })
}

/** Only what is laid out is installed. */
const installer = (
  facts: TargetFacts,
  { script, installer: initrd }: HostInputs & { readonly script: number },
): (readonly [string, Judgement])[] => [
  ['kexec', mayKexec(facts)],
  ['memory for the installer', hasMemory(facts, { script, ...(initrd === undefined ? {} : { initrd }) })],
]

function saidOf(judgement: Judgement): string {
  if (judgement.is === 'held') return 'as the host needs it'
  const { reasons, expected } = { expected: undefined, ...judgement }
  return oneLine(`${reasons.join('; ')}${expected === undefined ? '' : ` (expected: ${expected})`}`)
}
