import { indent, rows } from '../core/text/text.ts'
import { type Duration, formatDuration } from '../core/time/duration.ts'
import type { Evidence } from './expectation.ts'

/** Everything a failed expectation has to tell; the only form in which the user is told. */
export interface Story {
  /** Stands alone: `nginx.service on web was not active within 60 s`. */
  readonly headline: string
  readonly expected: string
  readonly observed?: { readonly text: string; readonly before: Duration } | undefined
  readonly history?: string
  readonly waited?: string
  readonly evidence?: Evidence | undefined
  /** `features/service.feature:14`. */
  readonly from?: string | undefined
}

/** Where the remark about the last look stands when the observation is short. */
const REMARK_COLUMN = 60
/** A last look not older than this was as good as at the end. */
const FRESH_MS = 100

/** Builds the message: one line that stands alone, then rows always in this order, the empty ones left out. */
export function explain({ headline, expected, observed, history, waited, evidence, from }: Story): string {
  const labelled = rows({
    Expected: expected,
    Observed: observed && remark(observed),
    History: history,
    Waited: waited,
    Evidence: evidence?.where,
    Next: evidence?.next,
    From: from,
  })
  const text = evidence?.text ? `\n${indent(evidence.text.trimEnd())}\n` : ''
  return `${headline}\n${labelled}${text}`.trimEnd()
}

function remark({ text, before }: { text: string; before: Duration }): string {
  if (before.ms < FRESH_MS) return text
  const [first = '', ...more] = text.split('\n')
  return [`${first.padEnd(REMARK_COLUMN - 1)} ${formatDuration(before)} before the end`, ...more].join('\n')
}
