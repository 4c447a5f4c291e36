import { refuse } from '../core/refusal.ts'
import { abilitiesOf, isLivePlan, OWN_MACHINE } from '../machine/abilities.ts'
import type { Machine, MachinePlan } from '../machine/machine.ts'
import type { Effect } from './effect.ts'
import type { RunSettings } from './settings.ts'

/** Without an address the name means a host of the flake, in a machine of this run. */
function planOf({ machines }: RunSettings, name: string): Pick<MachinePlan, 'abilities'> {
  const { plan, address } = machines[name] ?? {}
  return plan ?? (address === undefined ? { abilities: OWN_MACHINE } : {})
}

/** The name means something that already runs, and that is not ours. */
export const isLive = (settings: RunSettings, name: string): boolean => isLivePlan(planOf(settings, name))

/** What changes it is refused until the user allows it. */
export const isGuarded = (settings: RunSettings, name: string): boolean => abilitiesOf(planOf(settings, name)).guarded

/** Live hosts are looked at, not touched, unless the user named them. */
export const allows = ({ machines }: RunSettings, name: string, effect: Effect): boolean =>
  effect === 'reads' || (machines[name]?.allow.includes(effect) ?? false)

/**
 * The second line: what the features will do is looked through before the run; a step may still do more than it says.
 * @throws UsageError with the way to allow it
 */
export function guard(effect: Effect, { name, plan }: Machine, settings: RunSettings): void {
  if (!abilitiesOf(plan).guarded || allows(settings, name, effect)) return
  throw refuse({
    what: `This step ${effect} "${name}", a live host`,
    expected: READ_ONLY,
    next: `if it may do so: nixcumber run --allow ${name}=${effect}; or judge the host in a machine of its own`,
  })
}

export const READ_ONLY = 'steps that only look: live hosts are read-only until told otherwise'
