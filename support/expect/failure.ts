import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../core/errors.ts'
import { plural } from '../core/text/text.ts'
import { type Duration, formatDuration, milliseconds, seconds } from '../core/time/duration.ts'
import { explain, type Story } from './explain.ts'
import type { Polling } from './polling.ts'
import type { PollOptions } from './terms.ts'

/** How a wait ended without success. `unseen`: what was expected to last was not looked at for too long. */
export type Ending =
  | 'now'
  | { readonly within: Duration }
  | { readonly lasting: Duration; readonly unseen?: string }
  | { readonly why: string }

/** The error for a wait without success: not met when it was told so at the end, could not check when nothing told it. */
export async function failureOf<Facts>(
  polling: Polling<Facts>,
  terms: PollOptions,
  ending: Ending,
): Promise<NixcumberError> {
  const { subject } = polling.observation
  const story = { ...tell(polling), from: terms.from }
  if (ending === 'now' && polling.lastSample) Object.assign(story, { waited: '' })
  const evidence = await polling.observation.evidence?.()
  const message = (predicate: string) => explain({ ...story, evidence, headline: `${subject} ${predicate}` })
  const reason = unknown(polling, ending)
  if (reason === undefined) return new ExpectationNotMet(message(predicate(polling, ending)))
  const cause = polling.lastFault
  return new EnvironmentBroken(message(`could not be checked${span(ending)}: ${firstLine(reason)}`), { cause })
}

/** What was seen so long before the end, with nothing told since, says nothing of the end; a look that was under way does not count. */
const STALE = seconds(2)

/** Why it cannot be told; undefined when it can. */
function unknown({ lastKnown, elapsed, lookTime, unknown: why }: Polling<unknown>, ending: Ending): string | undefined {
  const lasts = typeof ending === 'object' && 'lasting' in ending
  if (lasts && ending.unseen !== undefined) return ending.unseen
  const nothing = why ?? 'nothing was seen'
  // as it should be when it was last seen, but not seen for long enough
  if (!lastKnown || lastKnown.judgement.verdict === 'met') return nothing
  const old = elapsed.ms - lastKnown.until.ms > STALE.ms + lookTime.ms
  return why !== undefined && old ? nothing : undefined
}

function predicate({ expectation, lastKnown }: Polling<unknown>, ending: Ending): string {
  const judgement = lastKnown?.judgement
  const neither = judgement && 'neither' in judgement ? judgement.neither : undefined
  const missed = neither ?? expectation.missed
  if (ending === 'now') return judgement?.verdict === 'never' ? `${missed}: ${judgement.why}` : missed
  if ('why' in ending) return `${missed}: ${ending.why}`
  if ('lasting' in ending) return `did not stay ${expectation.wanted}${span(ending)}`
  // "was still active within 60 s" would say something else
  return expectation.hold && neither === undefined
    ? `${missed} after ${formatDuration(ending.within)}`
    : missed + span(ending)
}

function span(ending: Ending): string {
  if (ending === 'now' || 'why' in ending) return ''
  return 'lasting' in ending ? ` for ${formatDuration(ending.lasting)}` : ` within ${formatDuration(ending.within)}`
}

function tell(polling: Polling<unknown>): Omit<Story, 'headline'> {
  const { lastSample: sample, expectation, history, elapsed } = polling
  return {
    expected: expectation.wanted,
    observed: sample && { text: sample.judgement.seen, before: milliseconds(elapsed.ms - sample.until.ms) },
    history: history.toString(),
    waited: waited(polling),
  }
}

function waited({ elapsed, looks, cutOff, dropped: lost, lastFault, bounds }: Polling<unknown>): string {
  const parts = [
    elapsed.ms < 120_000 ? `${(elapsed.ms / 1000).toFixed(1)} s` : formatDuration(elapsed),
    plural(looks, 'look'),
    cutOff > 0 &&
      `${cutOff} cut off${elapsed.ms < bounds.attempt.ms ? '' : ` after ${formatDuration(bounds.attempt)}`}`,
    lost > 0 && `${lost} without an answer (${firstLine(lastFault?.message ?? '')})`,
  ]
  return parts.filter(Boolean).join(', ')
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''
