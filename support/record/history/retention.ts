/** How long recorded runs stay. Apart from the pruning itself: most runs need not load more than this. */
import { existsSync, readdirSync } from 'node:fs'

/** Runs are kept for so many days, and so many of them however old they are. */
export interface KeepRuns {
  readonly days: number
  readonly atLeast: number
}

export const KEEP_RUNS: KeepRuns = { days: 90, atLeast: 30 }

export const DAY_MS = 24 * 60 * 60 * 1000
/** As runs are named by their time. A renamed run is kept for good. */
export const TIMESTAMP_NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:-\d+)?$/
/** Begins the name of what is being removed. */
export const REMOVED_PREFIX = '.removed-'

/** Whether it is worth a look at all: told by names alone. */
export const mayPrune = (runs: string, { days }: KeepRuns, now = Date.now()): boolean =>
  namesIn(runs).some(
    name => (TIMESTAMP_NAME.test(name) && startOf(name) < now - days * DAY_MS) || name.startsWith(REMOVED_PREFIX),
  )

/** 2026-05-01T12-00-00 */
export const startOf = (name: string): number =>
  Date.parse(`${name.slice(0, 10)}T${name.slice(11, 19).replaceAll('-', ':')}Z`)

export const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])
