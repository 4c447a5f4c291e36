import { plural } from '../core/text/text.ts'
import type { Comparison, Verdict } from './comparison.ts'

interface Terms {
  readonly strict: boolean
  /** Scenarios of the current run that were judged. */
  readonly judged: number
  /** Scenarios of machines that the current run does not know any more; and those that a killed or stopped run never came to; at least 1 when it has no end: it may not have announced them all. */
  readonly unseen: number
}

/** The exit code follows what is new; with `strict` what is old counts, too. */
export function verdictOf(found: Omit<Comparison, 'verdict'>, { strict, judged, unseen }: Terms): Verdict {
  const { newFailures, newErrors, stillFailing } = found
  const old = strict ? stillFailing : []
  const summary = summaryOf(found)
  if (newFailures.length > 0) return { word: 'NEW FAILURES', exitCode: 1, summary }
  if (old.some(({ outcome }) => outcome === 'failed')) return { word: 'STILL FAILING', exitCode: 1, summary }
  if (newErrors.length > 0) return { word: 'NEW ERRORS', exitCode: 3, summary }
  if (old.length > 0) return { word: 'STILL FAILING', exitCode: 3, summary }
  // What was not seen may be anything.
  if (judged === 0 || unseen > 0) return { word: 'NOT COMPARABLE', exitCode: 3, summary }
  return { word: 'NOTHING NEW', exitCode: 0, summary }
}

function summaryOf({
  base,
  newFailures,
  newErrors,
  stillFailing,
  fixed,
  held,
  notComparable,
}: Omit<Comparison, 'verdict'>): string {
  const counted = [
    newFailures.length > 0 && plural(newFailures.length, 'new failure'),
    newErrors.length > 0 && plural(newErrors.length, 'new error'),
    stillFailing.length > 0 && `${stillFailing.length} still failing`,
    fixed.length > 0 && `${fixed.length} fixed`,
    notComparable.length > 0 && `${notComparable.length} not comparable`,
    base ? `${held} held as before` : `${held} held`,
  ]
  return counted.filter(Boolean).join(', ')
}
