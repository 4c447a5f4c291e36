import { refuse } from '../../core/refusal.ts'
import { type Duration, parseDuration } from '../../core/time/duration.ts'

/** Where a sentence looks: ` on "web1"`, or nothing with one machine in play. */
export interface Target {
  readonly machine?: string
}

/** The end that every Then may have: ` on "web1"`, ` within 30 seconds` or ` now`, or nothing. */
export interface StepSuffix extends Target {
  readonly within?: Duration
  readonly now?: true
}

/** Reads a duration in words. @throws UsageError with the nearest unit and an example */
export function readDuration(text: string): Duration {
  const duration = parseDuration(text)
  if (duration && duration.ms > 0) return duration
  throw refuse({
    what: `"${text}" is no length of time`,
    expected: 'whole words and more than nothing, such as 30 seconds, 2 minutes, 1 minute 30 seconds',
    got: text.replace(/[\d.\s]+/g, ''),
    known: ['milliseconds', 'seconds', 'minutes', 'hours', 'days'],
  })
}

export const place = (machine: string | undefined): Target => (machine === undefined ? {} : { machine })

export function readSuffix(
  machine: string | undefined,
  within: string | undefined,
  now: string | undefined,
): StepSuffix {
  return {
    ...place(machine),
    ...(within === undefined ? {} : { within: readDuration(within) }),
    ...(now === undefined ? {} : { now: true }),
  }
}
