import { Deadline } from '../core/time/deadline.ts'
import { type Duration, formatDuration, milliseconds, shorter } from '../core/time/duration.ts'
import type { Expectation, Observation } from './expectation.ts'
import { failureOf } from './failure.ts'
import { pollIntervals } from './poll-intervals.ts'
import { Polling, type Sample } from './polling.ts'
import type { PollOptions } from './terms.ts'

/**
 * Looks all the time: the first sample that is not as expected ends it. The last look happens at the end of the time.
 * @throws ExpectationNotMet at the first sample that is not as expected
 * @throws EnvironmentBroken when too long a part of the time, or its end, was not seen
 */
export async function always<Facts>(
  observation: Observation<Facts>,
  expectation: Expectation<Facts>,
  terms: PollOptions & { readonly lasting: Duration },
): Promise<Facts> {
  const { clock, lasting, signal } = terms
  const polling = new Polling(observation, expectation, terms)
  const deadline = Deadline.after(lasting, clock)
  const longest = longestGap(lasting, terms)
  const rhythm = pollIntervals()
  let before: Sample<Facts> | undefined
  while (true) {
    const last = deadline.expired
    const sample = await polling.sample(longest)
    if (sample && sample.judgement.verdict !== 'met') throw await failureOf(polling, terms, { lasting })
    const unseen = milliseconds((sample?.until ?? polling.elapsed).ms - (before?.at.ms ?? 0))
    if (unseen.ms > longest.ms) throw await failureOf(polling, terms, { lasting, unseen: gap(unseen, polling) })
    if (sample && last) return sample.facts
    if (last) throw await failureOf(polling, terms, { lasting })
    before = sample ?? before
    await clock.wait(shorter(shorter(rhythm.next().value, LONGEST_PAUSE), deadline.remaining), signal)
  }
}

const LONGEST_PAUSE = milliseconds(500)

/**
 * The longest time between two looks, both counted in full, that still is "all the time": a quarter of it, at most 5 seconds. Machines
 * that are slow to answer, by the bound of a look, get 2 seconds or more, but not half of a time that is long.
 */
function longestGap({ ms }: Duration, { attempt }: PollOptions): Duration {
  const slow = Math.min(0.4 * attempt.ms, Math.max(12_000, ms / 2))
  return milliseconds(Math.max(Math.min(ms / 4, 5000), slow))
}

const gap = (unseen: Duration, { unknown }: Polling<unknown>): string =>
  `nothing was seen for ${formatDuration(unseen)}${unknown === undefined ? '' : `: ${unknown}`}`
