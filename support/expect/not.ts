import { milliseconds } from '../core/time/duration.ts'
import type { Expectation, Judgement } from './expectation.ts'

/** How long a negation must be true: long enough to see through the moment before a thing begins. */
export const HOLD = milliseconds(500)

/**
 * The opposite claim; `missed` says what was wrong: `was still active`. What can never be seen any more is as good as not there; of what
 * is unknown, not there at all, or between the two, the opposite is not met either.
 */
export const not = <Facts>(expectation: Expectation<Facts>, missed: string): Expectation<Facts> => ({
  wanted: `not ${expectation.wanted}`,
  missed,
  hold: HOLD,
  judge: facts => opposite(expectation.judge(facts)),
})

function opposite(judgement: Judgement): Judgement {
  if (judgement.verdict === 'unknown' || ('neither' in judgement && judgement.neither !== undefined)) return judgement
  const { verdict, seen, state } = judgement
  return { verdict: verdict === 'met' ? 'not-yet' : 'met', seen, ...(state !== undefined && { state }) }
}
