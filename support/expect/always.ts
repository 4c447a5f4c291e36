import { Deadline } from '../core/deadline.ts'
import { type Duration, formatDuration, milliseconds, shorter } from '../core/duration.ts'
import type { Expectation, Observation } from './expectation.ts'
import { missed } from './failure.ts'
import { pauses } from './poll-intervals.ts'
import { Course, type Sight } from './polling.ts'
import type { Terms } from './terms.ts'

/**
 * Looks all the time: the first sight that is not as expected ends it. The last look happens at the end of the time.
 * @throws ExpectationNotMet at the first sight that is not as expected
 * @throws EnvironmentBroken when too long a part of the time, or its end, was not seen
 */
export async function always<Facts>(
  observation: Observation<Facts>,
  expectation: Expectation<Facts>,
  terms: Terms & { readonly lasting: Duration },
): Promise<Facts> {
  const { clock, lasting, signal } = terms
  const course = new Course(observation, expectation, terms)
  const deadline = Deadline.after(lasting, clock)
  const longest = longestGap(lasting)
  const rhythm = pauses()
  let before: Sight<Facts> | undefined
  while (true) {
    const last = deadline.expired
    const sight = await course.look(longest)
    if (sight && sight.judgement.verdict !== 'met') throw await missed(course, terms, { lasting })
    const unseen = milliseconds((sight?.until ?? course.elapsed).ms - (before?.at.ms ?? 0))
    if (unseen.ms > longest.ms) throw await missed(course, terms, { lasting, unseen: gap(unseen, course) })
    if (sight && last) return sight.facts
    if (last) throw await missed(course, terms, { lasting })
    before = sight ?? before
    await clock.wait(shorter(shorter(rhythm.next().value, LONGEST_PAUSE), deadline.remaining), signal)
  }
}

const LONGEST_PAUSE = milliseconds(500)

/** The longest time between two looks, both counted in full, that still is "all the time": a quarter of it, but 2 to 5 seconds. */
const longestGap = ({ ms }: Duration): Duration => milliseconds(Math.min(Math.max(ms / 4, 2000), 5000))

const gap = (unseen: Duration, { unknown }: Course<unknown>): string =>
  `nothing was seen for ${formatDuration(unseen)}${unknown === undefined ? '' : `: ${unknown}`}`
