import { type Claim, claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import type { UnitFacts } from '../../probe/units/unit.ts'
import { keepsRestarting, settlesIn } from './restarts.ts'
import { noSuchUnit, seenOnDisk, seenRunning, unitIsThere, whyNeverActive } from './unit-words.ts'

export type UnitState = 'active' | 'inactive' | 'failed' | 'enabled' | 'disabled' | 'masked'

const HOLDS: Readonly<Record<UnitState, (unit: UnitFacts) => boolean>> = {
  active: ({ activeState }) => ['active', 'reloading', 'refreshing'].includes(activeState),
  inactive: ({ activeState }) => activeState === 'inactive',
  failed: ({ activeState }) => activeState === 'failed',
  enabled: unit => startsByItself(unit),
  disabled: unit => !isMasked(unit) && !startsByItself(unit),
  masked: unit => isMasked(unit),
}

/**
 * Of a unit that is there. A service that systemd keeps restarting is neither active nor not, neither failed nor not: when it counts as
 * running again, see `keepsRestarting`; of the first run of one that may be, see `settlesIn`.
 */
export function unitIs(state: UnitState): Expectation<UnitFacts> {
  const onDisk = state === 'enabled' || state === 'disabled'
  return ofUnit({
    wanted: state,
    missed: `was not ${state}`,
    holds: HOLDS[state],
    ...((state === 'active' || state === 'failed') && { between: restarting }),
    ...(state === 'active' && { settles: settlesIn }),
    seen: onDisk ? seenOnDisk : seenRunning,
    state: unit => (unitIsThere(unit) ? (onDisk ? unit.fileState : unit.activeState) : 'no such unit'),
    hopeless: unit => noSuchUnit(unit) ?? (state === 'active' ? whyNeverActive(unit) : undefined),
  })
}

/** Of a unit that is not there nothing holds but that. */
const ofUnit = (parts: Claim<UnitFacts>): Expectation<UnitFacts> =>
  claim({ absent: unit => !unitIsThere(unit), ...parts })

const restarting = (unit: UnitFacts): string | undefined => (keepsRestarting(unit) ? 'kept restarting' : undefined)

/** In that state at every look, and by the same start: what systemd started anew in between did not stay. */
export function unitStays(state: UnitState): Expectation<UnitFacts> {
  const is = unitIs(state)
  let first: UnitFacts | undefined
  return {
    ...is,
    judge(unit) {
      first ??= unit
      if (!startedSince(first, unit)) return is.judge(unit)
      return { verdict: 'not-yet', seen: `started anew, ${seenRunning(unit)}`, state: 'started anew' }
    },
  }
}

/** systemd forgets the start of a unit that it unloads, which is no start. */
const startedSince = (first: UnitFacts, { invocation, restarts }: UnitFacts): boolean =>
  (invocation !== '' && invocation !== first.invocation) || restarts > first.restarts

/** Active, and by another start than that one. */
export function unitIsAgain(before: string): Expectation<UnitFacts> {
  const is = unitIs('active')
  return {
    ...is,
    wanted: 'active, started anew',
    missed: 'was not active again',
    judge(unit) {
      const judgement = is.judge(unit)
      if (judgement.verdict !== 'met' || unit.invocation !== before) return judgement
      return { verdict: 'not-yet', seen: `${seenRunning(unit)}, the same start as before`, state: 'the same start' }
    },
  }
}

export const unitExists: Expectation<UnitFacts> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  holds: unitIsThere,
  seen: seenRunning,
  hopeless: noSuchUnit,
})

/** Masked now, or by a file that systemd has not read yet. */
const isMasked = ({ loadState, fileState }: UnitFacts): boolean =>
  loadState === 'masked' || fileState.startsWith('masked')

/** systemd's own word; for a file of which it has none, or that it calls linked or static, as on NixOS, whether some unit pulls it in. */
function startsByItself({ fileState, wantedBy }: UnitFacts): boolean {
  if (fileState.startsWith('enabled')) return true
  return PULLED_IN.includes(fileState) && wantedBy.length > 0
}

const PULLED_IN = ['linked', 'linked-runtime', 'static', 'generated', 'transient', 'indirect', '']
