import { refuse } from '../core/refusal.ts'
import type { Machine } from '../machine/machine.ts'
import type { Effect } from './effect.ts'
import type { RunSettings } from './settings.ts'

/** Live hosts are looked at, not touched, unless somebody named them. @throws UsageError with the way to allow it */
export function guard(effect: Effect, { name, plan }: Machine, { mayChange = [] }: RunSettings): void {
  if (effect === 'reads' || plan.kind !== 'ssh' || mayChange.includes(name)) return
  throw refuse({
    what: `This step ${effect} "${name}", a live host`,
    expected: 'steps that only look: live hosts are read-only until told otherwise',
    next: `if it may be changed, set mayChange: ["${name}"] in nixcumber.config; or judge the host in a machine of its own`,
  })
}
