import { refuse } from '../../core/refusal.ts'
import { type Duration, parseDuration } from '../../core/time/duration.ts'

const LEAST_MS = 20_000
const MOST_MS = 3_600_000
const SHORT: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes' }

/** `10 minutes`, or `10m`. @throws UsageError for what is no length of time, or one in which nothing can be asked or too much can happen */
export function parseRollback(text: string): Duration {
  const found = parseDuration(text.trim().replace(/^(\d+)([sm])$/, (_, count, unit) => `${count} ${SHORT[unit]}`))
  if (found && found.ms >= LEAST_MS && found.ms <= MOST_MS) return found
  throw refuse({
    what: `--rollback-after cannot be "${text}"`,
    expected: 'from "20 seconds" to "60 minutes", such as "10 minutes" or 10m',
    got: text,
  })
}
