import { milliseconds } from '../core/duration.ts'
import type { Expectation, Judgement } from './expectation.ts'

/** How long a negation must be true: long enough to see through the moment before a thing begins. */
const HOLD = milliseconds(500)

interface Wording {
  /** `not active`. */
  readonly wanted: string
  /** The predicate of the first line when it does not hold: `was still active`. */
  readonly missed: string
}

/** The opposite claim. What can never be seen any more is as good as not there. */
export function not<Facts>(expectation: Expectation<Facts>, wording: Wording): Expectation<Facts> {
  return { ...wording, hold: HOLD, judge: facts => opposite(expectation.judge(facts)) }
}

const opposite = ({ verdict, seen, state }: Judgement): Judgement => ({
  verdict: verdict === 'met' ? 'not-yet' : 'met',
  seen,
  ...(state === undefined ? {} : { state }),
})
