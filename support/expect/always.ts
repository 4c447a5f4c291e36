import { Deadline } from '../core/deadline.ts'
import { type Duration, shorter } from '../core/duration.ts'
import type { Expectation, Observation } from './expectation.ts'
import { missed } from './failure.ts'
import { pauses } from './poll-intervals.ts'
import { Course } from './polling.ts'
import type { Terms } from './terms.ts'

/**
 * Looks all the time: the first sight that is not as expected ends it. The last look happens at the end of the time.
 * @throws ExpectationNotMet at the first sight that is not as expected
 * @throws EnvironmentBroken when the last look was hindered: nobody saw that it stayed so to the end
 */
export async function always<Facts>(
  observation: Observation<Facts>,
  expectation: Expectation<Facts>,
  terms: Terms & { readonly lasting: Duration },
): Promise<Facts> {
  const { clock, lasting, signal } = terms
  const course = new Course(observation, expectation, terms)
  const deadline = Deadline.after(lasting, clock)
  const rhythm = pauses()
  while (true) {
    const last = deadline.expired
    const sight = await course.look()
    if (sight && sight.judgement.verdict !== 'met') throw await missed(course, terms, { lasting })
    if (sight && last) return sight.facts
    if (last) throw await missed(course, terms, { lasting })
    await clock.wait(shorter(rhythm.next().value, deadline.remaining), signal)
  }
}
