import { plural } from '../core/text/text.ts'
import { type Duration, milliseconds } from '../core/time/duration.ts'
import type { Expectation, Judgement } from './expectation.ts'

/** The claims of a table on facts in the order of its rows; every row that does not hold is told. */
export function every<Facts>(rows: readonly EveryRow<Facts>[], { is }: EveryWording): Expectation<readonly Facts[]> {
  const wording =
    rows.length === 1 ? { wanted: is, missed: `was not ${is}` } : { wanted: `all ${is}`, missed: `were not all ${is}` }
  return { ...wording, judge: facts => sum(rows.map((row, i) => [row, judgeRow(row, facts[i])])) }
}

export interface EveryRow<Facts> {
  readonly name: string
  readonly expectation: Expectation<Facts>
}

interface EveryWording {
  /** What each row is to be: `active`, `as in the table`. */
  readonly is: string
}

function judgeRow<Facts>({ expectation }: EveryRow<Facts>, facts: Facts | undefined): Judgement {
  if (facts === undefined) return { verdict: 'unknown', seen: 'no answer', why: 'no answer' }
  const judgement = expectation.judge(facts)
  return judgement.verdict === 'unknown' ? { ...judgement, seen: `unknown: ${judgement.why}` } : judgement
}

/**
 * Ends early only when no open row can still come true: the others are worth the wait, and the report is then complete. A row that does
 * not hold outweighs one of which nothing can be told.
 */
function sum(judged: readonly (readonly [EveryRow<never> | EveryRow<unknown>, Judgement])[]): Judgement {
  const open = judged.filter(([, { verdict }]) => verdict !== 'met')
  const width = Math.max(...open.map(([{ name }]) => name.length))
  const seen = open.map(([{ name }, { seen }]) => `${name.padEnd(width)}  ${seen}`).join('\n')
  const state = `${judged.length - open.length} of ${judged.length}`
  if (open.length === 0) return { verdict: 'met', seen: 'all', state, ...youngest(judged.map(([, each]) => each)) }
  const all = (wanted: Judgement['verdict']): boolean => open.every(([, { verdict }]) => verdict === wanted)
  if (all('unknown')) return { verdict: 'unknown', seen, state, why: whyUnknown(open) }
  if (!all('never')) return { verdict: 'not-yet', seen, state }
  return { verdict: 'never', seen, state, why: `${plural(open.length, 'row')} can no longer come true` }
}

function youngest(judged: readonly Judgement[]): { settles?: Duration } {
  const all = judged.flatMap(each => (each.verdict === 'met' && each.settles ? [each.settles.ms] : []))
  return all.length > 0 ? { settles: milliseconds(Math.max(...all)) } : {}
}

function whyUnknown([first, ...others]: readonly (readonly [{ readonly name: string }, Judgement])[]): string {
  const [{ name }, judgement] = first ?? [{ name: '' }, undefined]
  const why = judgement?.verdict === 'unknown' ? judgement.why : ''
  return `${name}: ${why}${others.length > 0 ? `, and ${plural(others.length, 'row')} more` : ''}`
}
