/** Cutting a suite into parts that are run apart. Pure: the same features and durations give the same parts everywhere. */
import { createHash } from 'node:crypto'
import { type Candidate, type Durations, keyOf, type WorkUnit, workUnitsOf } from './work-unit.ts'

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

export const shardName = ({ index, count }: Shard): string => `shard ${index} of ${count}`

export interface Cut<C extends Candidate> {
  /** This shard's, in the order of the features. */
  readonly mine: readonly C[]
  /** Scenarios of all shards. */
  readonly total: number
  /** Hash of who gets what: shards that differ in it leave scenarios out or run them twice. */
  readonly plan: string
}

/** The longest unit first, each to the shard that has least to do so far. */
export function cut<C extends Candidate>(
  candidates: readonly C[],
  { index, count }: Shard,
  durations: Durations,
): Cut<C> {
  const parts = Array.from({ length: count }, () => ({ milliseconds: 0, units: [] as WorkUnit<C>[] }))
  for (const unit of longestFirst(workUnitsOf(candidates, durations))) {
    const least = parts.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a))
    least.milliseconds += unit.milliseconds
    least.units.push(unit)
  }
  const chosen = parts.map(({ units }) => new Set(units.flatMap(unit => unit.scenarios)))
  const keys = chosen.map(part => candidates.filter(each => part.has(each)).map(keyOf))
  return {
    mine: candidates.filter(each => chosen[index - 1]?.has(each)),
    total: candidates.length,
    plan: `sha256-${createHash('sha256').update(JSON.stringify(keys)).digest('hex')}`,
  }
}

/** Those of equal length stay in the order of the features. */
export const longestFirst = <C extends Candidate>(units: readonly WorkUnit<C>[]): WorkUnit<C>[] =>
  units.toSorted((a, b) => b.milliseconds - a.milliseconds)
