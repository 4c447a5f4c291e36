/** Failures that are known and accepted for a time (`waivers` in nixcumber.config). Pure. */
import type { Case } from './compared-run.ts'

export interface Waiver {
  /** A scenario's name, or its key: `features/web.feature: The page › is served`. */
  readonly scenario: string
  readonly machine?: string | undefined
  readonly reason: string
  /** The last day on which it holds, `2026-12-31`; without one it holds for ever. */
  readonly until?: string | undefined
}

export interface Waived {
  readonly waiver: Waiver
  /** `passing`: it is not needed any more. `unused`: no scenario of the run is meant. */
  readonly state: 'failing' | 'passing' | 'expired' | 'unused'
  readonly scenarios: readonly string[]
  /** Days that are left; absent without an end. */
  readonly days?: number
}

const DAY = 24 * 60 * 60 * 1000

/** Undefined without an end; below 0 when it is over. */
export function daysLeft({ until }: Waiver, now: Date): number | undefined {
  if (until === undefined) return undefined
  const [year = 0, month = 1, day = 1] = until.split('-').map(Number)
  return Math.ceil((new Date(year, month - 1, day + 1).getTime() - now.getTime()) / DAY) - 1
}

export const isOver = (waiver: Waiver, now: Date): boolean => (daysLeft(waiver, now) ?? 0) < 0

export const isMeant = (waiver: Waiver, { key, name, machine }: Case): boolean =>
  (waiver.scenario === name || waiver.scenario === key || key.startsWith(`${waiver.scenario} @ `)) &&
  (waiver.machine === undefined || waiver.machine === machine)

export function waived(waivers: readonly Waiver[], cases: readonly Case[], now: Date): Waived[] {
  return waivers.map(waiver => {
    const meant = cases.filter(each => isMeant(waiver, each))
    const bad = meant.filter(({ outcome }) => outcome !== 'held')
    const days = daysLeft(waiver, now)
    const state =
      meant.length === 0 ? 'unused' : bad.length === 0 ? 'passing' : isOver(waiver, now) ? 'expired' : 'failing'
    return { waiver, state, scenarios: meant.map(({ key }) => key), ...(days === undefined ? {} : { days }) }
  })
}
