import { nearest } from '../core/nearest.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import type { UnitFacts } from '../probe/unit.ts'
import { noSuchUnit, seenOnDisk, seenRunning, unitIsThere, whyNeverActive } from './unit-words.ts'

export type UnitState = 'active' | 'inactive' | 'failed' | 'enabled' | 'disabled' | 'masked'

const HOLDS: Readonly<Record<UnitState, (unit: UnitFacts) => boolean>> = {
  active: ({ activeState }) => activeState === 'active' || activeState === 'reloading',
  inactive: unit => unitIsThere(unit) && unit.activeState === 'inactive',
  failed: ({ activeState }) => activeState === 'failed',
  enabled: unit => startsByItself(unit),
  disabled: unit => unitIsThere(unit) && unit.loadState !== 'masked' && !startsByItself(unit),
  masked: ({ loadState }) => loadState === 'masked',
}

export function unitIs(state: UnitState): Expectation<UnitFacts> {
  const onDisk = state === 'enabled' || state === 'disabled'
  return claim({
    wanted: state,
    missed: `was not ${state}`,
    holds: HOLDS[state],
    seen: onDisk ? seenOnDisk : seenRunning,
    state: unit => (unitIsThere(unit) ? (onDisk ? unit.fileState : unit.activeState) : 'no such unit'),
    hopeless: unit => noSuchUnit(unit) ?? (state === 'active' ? whyNeverActive(unit) : undefined),
  })
}

/** In that state at every look and, when active, the same start of it: what systemd started anew in between did not stay. */
export function unitStays(state: UnitState): Expectation<UnitFacts> {
  const is = unitIs(state)
  let first: UnitFacts | undefined
  return {
    ...is,
    judge(unit) {
      first ??= unit
      if (state !== 'active' || first.invocation === unit.invocation) return is.judge(unit)
      return { verdict: 'not-yet', seen: `started anew, ${seenRunning(unit)}`, state: 'started anew' }
    },
  }
}

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

export const propertyIs = (key: string, value: string): Expectation<ReadonlyMap<string, string>> =>
  claim({
    wanted: `${key}=${value}`,
    missed: `did not have ${key} set to ${value}`,
    holds: shown => shown.get(key) === value,
    seen: shown => (shown.has(key) ? `${key}=${shown.get(key)}` : `no property ${key}`),
    hopeless: shown => unknownProperty(key, shown),
  })

/** Unit files say RestartSec where systemd shows RestartUSec: the nearest name helps there too. */
function unknownProperty(key: string, shown: ReadonlyMap<string, string>): string | undefined {
  if (shown.has(key)) return undefined
  const near = nearest(key, [...shown.keys()])
  return `systemd shows no property ${key}${near ? `, did you mean ${near}?` : ''}`
}

/** systemd's own word; for a file that it calls linked or static, as on NixOS, whether some unit pulls it in. */
function startsByItself({ fileState, wantedBy }: UnitFacts): boolean {
  if (fileState.startsWith('enabled')) return true
  return ['linked', 'linked-runtime', 'static', ''].includes(fileState) && wantedBy.length > 0
}
