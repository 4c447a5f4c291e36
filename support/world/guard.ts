import { refuse } from '../core/refusal.ts'
import type { Machine } from '../machine/machine.ts'
import type { Effect } from './effect.ts'
import type { RunSettings } from './settings.ts'

/** The name means something that already runs, and that is not ours. */
export const isLive = ({ machines }: RunSettings, name: string): boolean =>
  machines[name]?.address?.startsWith('ssh:') ?? false

/** Live hosts are looked at, not touched, unless somebody named them. */
export const allows = ({ machines }: RunSettings, name: string, effect: Effect): boolean =>
  effect === 'reads' || (machines[name]?.allow.includes(effect) ?? false)

/**
 * The second line: what the features will do is looked through before the run; a step may still do more than it says.
 * @throws UsageError with the way to allow it
 */
export function guard(effect: Effect, { name, plan }: Machine, settings: RunSettings): void {
  if (plan.kind !== 'ssh' || allows(settings, name, effect)) return
  throw refuse({
    what: `This step ${effect} "${name}", a live host`,
    expected: READ_ONLY,
    next: `if it may do so: nixcumber run --allow ${name}=${effect}; or judge the host in a machine of its own`,
  })
}

export const READ_ONLY = 'steps that only look: live hosts are read-only until told otherwise'
