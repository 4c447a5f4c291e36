import { type Duration, formatDuration, milliseconds } from '../core/duration.ts'
import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../core/errors.ts'
import { plural } from '../core/text.ts'
import type { Course } from './course.ts'
import type { Evidence } from './expectation.ts'
import { explain, type Story } from './explain.ts'
import type { Terms } from './terms.ts'

/** How a wait ended without success. */
export type Ending = 'now' | { within: Duration } | { lasting: Duration } | { why: string }

/** The error for a wait without success: not met when facts were seen, could not check when only the transport's faults were. */
export async function missed<Facts>(course: Course<Facts>, terms: Terms, ending: Ending): Promise<NixcumberError> {
  const total = course.elapsed
  const evidence = await course.observation.evidence?.()
  const story = tell(course, { total, evidence, from: terms.from })
  const { subject } = course.observation
  const blind =
    !course.lastSight ||
    (typeof ending === 'object' && 'lasting' in ending && course.lastSight.judgement.verdict === 'met')
  if (!blind) return new ExpectationNotMet(explain({ ...story, headline: `${subject} ${predicate(course, ending)}` }))
  const fault = course.lastFault?.error
  const headline = `${subject} could not be checked${span(ending)}: ${firstLine(fault?.message ?? 'nothing was seen')}`
  return new EnvironmentBroken(explain({ ...story, headline }), { cause: fault })
}

function predicate({ expectation }: Course<never> | Course<unknown>, ending: Ending): string {
  if (ending === 'now') return `${expectation.missed} when asked once`
  if ('why' in ending) return `${expectation.missed}: ${ending.why}`
  if ('lasting' in ending) return `did not stay ${expectation.wanted} for ${formatDuration(ending.lasting)}`
  return `${expectation.missed} ${expectation.hold ? 'after' : 'within'} ${formatDuration(ending.within)}`
}

function span(ending: Ending): string {
  if (ending === 'now' || 'why' in ending) return ''
  return 'lasting' in ending ? ` for ${formatDuration(ending.lasting)}` : ` within ${formatDuration(ending.within)}`
}

interface Closing {
  readonly total: Duration
  readonly evidence: Evidence | undefined
  readonly from: string | undefined
}

function tell<Facts>(course: Course<Facts>, { total, evidence, from }: Closing): Omit<Story, 'headline'> {
  const { lastSight: sight, expectation, history, looks, cutOff, lost, bounds } = course
  return {
    expected: expectation.wanted,
    observed: sight && { text: sight.judgement.seen, before: milliseconds(total.ms - sight.at.ms) },
    history: history.toString(),
    waited: [
      measured(total),
      plural(looks, 'look'),
      cutOff > 0 && `${cutOff} cut off after ${formatDuration(bounds.attempt)}`,
      lost > 0 && `${lost} without an answer (${firstLine(course.lastFault?.error.message ?? '')})`,
    ]
      .filter(part => part !== false)
      .join(', '),
    evidence,
    from,
  }
}

const measured = ({ ms }: Duration): string => (ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : formatDuration({ ms }))
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''
