import { Deadline } from '../core/time/deadline.ts'
import { type Duration, milliseconds, seconds, shorter } from '../core/time/duration.ts'
import type { Expectation, Observation } from './expectation.ts'
import { failureOf } from './failure.ts'
import { HoldTime } from './hold-time.ts'
import { pollIntervals } from './poll-intervals.ts'
import { Polling, type Sample } from './polling.ts'
import type { PollOptions } from './terms.ts'

/** What a look may take at least, however late its turn comes: a negation that became true just in time must be seen to hold. */
const LEAST_AT_END = milliseconds(500)
/** What the last look may take beyond the sentence's time, on a machine that is slow to answer: so many times the newest look, within limits. */
const BEYOND = { times: 3, most: seconds(2), mostOfAttempt: 0.2, mostOfAll: seconds(6) } as const
/** Where services come and go all the time one of them is always young: that must not take all the time there is. */
const LOOKS_AT_YOUNG = 3
/** What the first look may take at least, however short the sentence's time is: a slow machine does not answer in a second. */
const FIRST_AT_MOST = seconds(3)

export interface Wait extends PollOptions {
  readonly within: Duration
  /** Told when what was met was heard of so long after the deadline, by a look that began before it. */
  readonly late?: ((by: Duration) => void) | undefined
}

/**
 * Looks until the expectation is met, in the rhythm of `pollIntervals`. The last look is over by the deadline, as far as can be known before. One
 * that is not began in time: what it saw counts, and that it was late is told; it is cut off after `BEYOND`. A negation must be true for its `hold` without a break, and without a look that told nothing. What
 * is met and young (`settles`) is looked at again, where there is time for it; where something is always young, at most three times.
 * @throws ExpectationNotMet at the deadline, or earlier when waiting cannot help
 * @throws EnvironmentBroken when it could not be told at the end
 */
export async function eventually<Facts>(
  observation: Observation<Facts>,
  expectation: Expectation<Facts>,
  terms: Wait,
): Promise<Facts> {
  const { clock, within, signal } = terms
  const polling = new Polling(observation, expectation, terms)
  const deadline = Deadline.after(within, clock)
  const holding = new HoldTime(expectation.hold ?? milliseconds(0), observation.lasting)
  const rhythm = pollIntervals()
  let young = 0
  while (true) {
    const last = timeLeft(polling, deadline).ms === 0
    const sample = await polling.sample(boundOf(polling, deadline))
    const settles = last || deadline.expired || young >= LOOKS_AT_YOUNG ? undefined : settlesIn(sample)
    if (settles) young++
    if (holding.enough(sample) && !settles) {
      const by = milliseconds(polling.elapsed.ms - within.ms)
      if (by.ms > LEAST_AT_END.ms && !expectation.hold) terms.late?.(by)
      return (sample as { facts: Facts }).facts
    }
    if (sample?.judgement.verdict === 'never') throw await failureOf(polling, terms, { why: sample.judgement.why })
    const rest = holding.rest(polling.elapsed)
    if ((last || deadline.expired) && !rest) throw await failureOf(polling, terms, { within })
    const left = settles ? timeLeft(polling, deadline) : (rest ?? timeLeft(polling, deadline))
    await clock.wait(shorter(settles ?? rhythm.next().value, left), signal)
  }
}

/** What is true and young is looked at again. */
const settlesIn = (sample: Sample<unknown> | undefined): Duration | undefined =>
  sample?.judgement.verdict === 'met' ? sample.judgement.settles : undefined

/** Until the deadline; for what goes on after it, some times as long as the newest look: a look that is cut off says nothing. */
function boundOf({ lookTime, looks, bounds }: Polling<unknown>, { remaining }: Deadline): Duration {
  const { ms: attempt } = bounds.attempt
  const most = Math.min(BEYOND.mostOfAll.ms, Math.max(BEYOND.most.ms, BEYOND.mostOfAttempt * attempt))
  const usual = looks === 0 ? Math.min(0.4 * attempt, FIRST_AT_MOST.ms) : Math.min(BEYOND.times * lookTime.ms, most)
  return milliseconds(Math.max(remaining.ms, LEAST_AT_END.ms, usual))
}

/** Until the last look must begin so that its answer is there at the deadline. */
const timeLeft = ({ lookTime }: Polling<unknown>, { remaining }: Deadline): Duration =>
  milliseconds(Math.max(0, remaining.ms - 1.5 * lookTime.ms))

/** Looks once, now. */
export async function once<Facts>(
  observation: Observation<Facts>,
  expectation: Expectation<Facts>,
  terms: PollOptions,
): Promise<Facts> {
  const polling = new Polling(observation, expectation, terms)
  const sample = await polling.sample()
  if (sample?.judgement.verdict === 'met') return sample.facts
  throw await failureOf(polling, terms, 'now')
}
