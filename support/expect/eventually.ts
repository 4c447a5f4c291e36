import { Deadline } from '../core/deadline.ts'
import { type Duration, milliseconds, shorter } from '../core/duration.ts'
import type { Expectation, Observation } from './expectation.ts'
import { missed } from './failure.ts'
import { Holding } from './hold-time.ts'
import { pauses } from './poll-intervals.ts'
import { Course } from './polling.ts'
import type { Terms } from './terms.ts'

/** What the last look may take at least, however late its turn comes. */
const LEAST = milliseconds(500)

/**
 * Looks until the expectation is met, in the rhythm of `pauses`. The last look is over by the deadline, as far as can be known before; one
 * that is not is cut off. A negation must be true for its `hold` without a break, and without a look that told nothing.
 * @throws ExpectationNotMet at the deadline, or earlier when waiting cannot help
 * @throws EnvironmentBroken when it could not be told at the end
 */
export async function eventually<Facts>(
  observation: Observation<Facts>,
  expectation: Expectation<Facts>,
  terms: Terms & { readonly within: Duration },
): Promise<Facts> {
  const { clock, within, signal } = terms
  const course = new Course(observation, expectation, terms)
  const deadline = Deadline.after(within, clock)
  const holding = new Holding(expectation.hold ?? milliseconds(0))
  const rhythm = pauses()
  while (true) {
    const last = timeLeft(course, deadline).ms === 0
    const sight = await course.look(milliseconds(Math.max(deadline.remaining.ms, LEAST.ms)))
    if (holding.enough(sight)) return (sight as { facts: Facts }).facts
    if (sight?.judgement.verdict === 'never') throw await missed(course, terms, { why: sight.judgement.why })
    const rest = holding.rest(course.elapsed)
    if ((last || deadline.expired) && !rest) throw await missed(course, terms, { within })
    await clock.wait(shorter(rhythm.next().value, rest ?? timeLeft(course, deadline)), signal)
  }
}

/** Until the last look must begin so that its answer is there at the deadline. */
const timeLeft = ({ lookTime }: Course<unknown>, { remaining }: Deadline): Duration =>
  milliseconds(Math.max(0, remaining.ms - 1.5 * lookTime.ms))

/** Looks once, now. */
export async function once<Facts>(
  observation: Observation<Facts>,
  expectation: Expectation<Facts>,
  terms: Terms,
): Promise<Facts> {
  const course = new Course(observation, expectation, terms)
  const sight = await course.look()
  if (sight?.judgement.verdict === 'met') return sight.facts
  throw await missed(course, terms, 'now')
}
