import { Deadline } from '../core/deadline.ts'
import { type Duration, milliseconds, shorter } from '../core/duration.ts'
import type { Expectation, Observation } from './expectation.ts'
import { missed } from './failure.ts'
import { Holding } from './hold-time.ts'
import { pauses } from './poll-intervals.ts'
import { Course } from './polling.ts'
import type { Terms } from './terms.ts'

/**
 * Looks until the expectation is met, in the rhythm of `pauses`; the last look happens at the deadline, and a success after it counts.
 * A negation must be true for its `hold` without a break.
 * @throws ExpectationNotMet at the deadline, or earlier when waiting cannot help
 * @throws EnvironmentBroken when nothing but faults of the transport was seen
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
    const last = deadline.expired
    const sight = await course.look()
    if (sight && holding.enough(sight)) return sight.facts
    if (sight?.judgement.verdict === 'never') throw await missed(course, terms, { why: sight.judgement.why })
    const rest = holding.rest(course.elapsed)
    if (last && !rest) throw await missed(course, terms, { within })
    await clock.wait(shorter(rhythm.next().value, rest ?? deadline.remaining), signal)
  }
}

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
