import { type Duration, formatDuration, milliseconds } from '../core/duration.ts'
import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../core/errors.ts'
import { plural } from '../core/text.ts'
import { explain, type Story } from './explain.ts'
import type { Course } from './polling.ts'
import type { Terms } from './terms.ts'

/** How a wait ended without success. */
export type Ending = 'now' | { readonly within: Duration } | { readonly lasting: Duration } | { readonly why: string }

/** The error for a wait without success: not met when facts were seen, could not check when nothing but faults was. */
export async function missed<Facts>(course: Course<Facts>, terms: Terms, ending: Ending): Promise<NixcumberError> {
  const { subject } = course.observation
  const story = { ...tell(course), from: terms.from }
  if (ending === 'now' && course.lastSight) Object.assign(story, { waited: '' })
  const evidence = await course.observation.evidence?.()
  const message = (predicate: string) => explain({ ...story, evidence, headline: `${subject} ${predicate}` })
  if (!unseen(course, ending)) return new ExpectationNotMet(message(predicate(course, ending)))
  const cause = course.lastFault
  const reason = firstLine(cause?.message ?? 'nothing was seen')
  return new EnvironmentBroken(message(`could not be checked${span(ending)}: ${reason}`), { cause })
}

/** Nothing was ever seen; or it was as it should be, but nobody could look at the end of the time it had to last. */
const unseen = ({ lastSight }: Course<unknown>, ending: Ending): boolean =>
  !lastSight || (typeof ending === 'object' && 'lasting' in ending && lastSight.judgement.verdict === 'met')

function predicate({ expectation }: Course<unknown>, ending: Ending): string {
  if (ending === 'now') return expectation.missed
  if ('why' in ending) return `${expectation.missed}: ${ending.why}`
  if ('lasting' in ending) return `did not stay ${expectation.wanted}${span(ending)}`
  // "was still active within 60 s" would say something else
  return expectation.hold
    ? `${expectation.missed} after ${formatDuration(ending.within)}`
    : expectation.missed + span(ending)
}

function span(ending: Ending): string {
  if (ending === 'now' || 'why' in ending) return ''
  return 'lasting' in ending ? ` for ${formatDuration(ending.lasting)}` : ` within ${formatDuration(ending.within)}`
}

function tell(course: Course<unknown>): Omit<Story, 'headline'> {
  const { lastSight: sight, expectation, history, elapsed } = course
  return {
    expected: expectation.wanted,
    observed: sight && { text: sight.judgement.seen, before: milliseconds(elapsed.ms - sight.until.ms) },
    history: history.toString(),
    waited: waited(course),
  }
}

function waited({ elapsed, looks, cutOff, lost, lastFault, bounds }: Course<unknown>): string {
  const parts = [
    elapsed.ms < 120_000 ? `${(elapsed.ms / 1000).toFixed(1)} s` : formatDuration(elapsed),
    plural(looks, 'look'),
    cutOff > 0 && `${cutOff} cut off after ${formatDuration(bounds.attempt)}`,
    lost > 0 && `${lost} without an answer (${firstLine(lastFault?.message ?? '')})`,
  ]
  return parts.filter(Boolean).join(', ')
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''
