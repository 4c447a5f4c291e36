import { refuse } from '../core/refusal.ts'
import { type Duration, parseDuration } from '../core/time/duration.ts'

const DAY_MS = 86_400_000
export const VALID_BY_DEFAULT: Duration = { ms: DAY_MS }
const LEAST_MS = 60_000
const MOST_MS = 30 * DAY_MS
const SHORT: Readonly<Record<string, string>> = { m: 'minutes', h: 'hours', d: 'days' }

/** `24 hours`, or `24h`. @throws UsageError for what is no length of time, and for one in which a verdict would grow old */
export function parseValidity(text: string): Duration {
  const words = text.trim().replace(/^(\d+)([mhd])$/, (_, count, unit) => `${count} ${SHORT[unit]}`)
  const found = parseDuration(words)
  if (found && found.ms >= LEAST_MS && found.ms <= MOST_MS) return found
  throw refuse({
    what: `--valid cannot be "${text}"`,
    expected: 'from "1 minute" to "30 days", such as "24 hours" or 24h',
    got: text,
  })
}
