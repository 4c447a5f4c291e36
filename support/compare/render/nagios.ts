import type { Comparison } from '../comparison.ts'
import { cleaned } from './clean.ts'

const STATE = { 0: 'OK', 1: 'CRITICAL', 3: 'UNKNOWN' } as const

/** One line as Nagios plugins print it (Monitoring Plugins Development Guidelines, "Plugin Output"), with figures for its graphs. */
export function renderNagios(comparison: Comparison): string {
  const { verdict, newFailures, newErrors, stillFailing, fixed, held } = cleaned(comparison)
  const figures = {
    new_failures: newFailures.length,
    new_errors: newErrors.length,
    still_failing: stillFailing.length,
    fixed: fixed.length,
    held,
  }
  const performance = Object.entries(figures).map(([name, value]) => `${name}=${value}`)
  const first = newFailures[0] ?? newErrors[0]
  const telling = first ? ` - ${first.headline.replaceAll(/[|\n]/g, ' ')}` : ''
  return `NIXCUMBER ${STATE[verdict.exitCode]} - ${verdict.summary}${telling} | ${performance.join(' ')}`
}
