/** What earlier runs say of a scenario: how long it has been bad, whether it comes and goes, how long it usually takes. Pure. */
import type { ResultsFile } from '../record/run/results-file.ts'
import type { RunJson } from '../record/run/run-json.ts'
import type { Outcome } from '../report/results/outcome.ts'

/** A run before the current one. */
export interface PastRun {
  readonly folder: string
  readonly run: RunJson
  readonly results: ResultsFile
}

export interface Age {
  /** In so many runs, the current one included. */
  readonly runs: number
  /** Start of the first of them, and the flake's revision then. */
  readonly since: string
  readonly revision?: string
}

const RUNS_LOOKED_AT = 5

const isBad = (outcome: Outcome): boolean => outcome === 'failed' || outcome === 'error' || outcome === 'refused'

/** @param past oldest first */
export function ageOf(key: string, past: readonly PastRun[], current: RunJson): Age {
  let first = current
  let runs = 1
  for (const { run, results } of past.toReversed()) {
    const known = results.scenarios[key]
    if (!known || !isJudged(known)) continue
    if (!isBad(known.outcome)) break
    first = run
    runs += 1
  }
  return { runs, since: first.start, ...(first.flake?.revision ? { revision: first.flake.revision } : {}) }
}

/** Bad now, and in the last runs it was so and so: changed at least twice. */
export function comesAndGoes(key: string, past: readonly PastRun[], now: Outcome): boolean {
  const known = past.flatMap(({ results }) => results.scenarios[key] ?? []).filter(isJudged)
  const course = [...known.slice(-RUNS_LOOKED_AT).map(({ outcome }) => isBad(outcome)), isBad(now)]
  return course.filter((bad, i) => i > 0 && bad !== course[i - 1]).length >= 2
}

/** Median of how long it took when it held, in milliseconds. */
export function usualTime(key: string, past: readonly PastRun[]): number | undefined {
  const times = past
    .flatMap(({ results }) => results.scenarios[key] ?? [])
    .filter(({ outcome }) => outcome === 'held')
    .slice(-RUNS_LOOKED_AT)
    .map(({ milliseconds }) => milliseconds)
    .toSorted((a, b) => a - b)
  return times[Math.floor(times.length / 2)]
}

const isJudged = ({ outcome, attempts }: ResultsFile['scenarios'][string]): boolean =>
  attempts > 0 && outcome !== 'skipped' && outcome !== 'unfinished'
