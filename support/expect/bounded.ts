import { CommandCutOff } from '../core/errors.ts'
import { type Duration, formatDuration, milliseconds, shorter } from '../core/time/duration.ts'
import type { Observation } from './expectation.ts'

/** How much later than the look's own bound the signal fires: the shell must have time to cut the command off itself. */
const GRACE = milliseconds(2000)
/** The same for a look that is cut off because the time of its sentence is over: that bound is a bound. */
const LAST_GRACE = milliseconds(250)

const UNENDED = 'The look did not end within its bound'

export interface Bounds {
  readonly attempt: Duration
  /** The whole scenario is given up. */
  readonly signal?: AbortSignal | undefined
}

/**
 * One look that ends, even when the observation does not heed its own bound.
 * @param left what is left of the sentence's time, when that may be less than the bound of a look
 */
export async function bounded<Facts>(
  observation: Observation<Facts>,
  { attempt: usual, signal: whole }: Bounds,
  left: Duration = usual,
): Promise<Facts> {
  whole?.throwIfAborted()
  const attempt = shorter(usual, left)
  const shortened = attempt.ms < usual.ms
  // Node.js 20 refuses parts of a millisecond, and what is left of a sentence's time has them
  const own = AbortSignal.timeout(Math.ceil(attempt.ms + (shortened ? LAST_GRACE : GRACE).ms))
  const signal = whole ? AbortSignal.any([whole, own]) : own
  const unended = shortened
    ? `The look did not end within ${formatDuration(milliseconds(Math.round(attempt.ms)))}`
    : (observation.silence ?? UNENDED)
  let abort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(whole?.aborted ? whole.reason : new CommandCutOff(unended))
    signal.addEventListener('abort', abort, { once: true })
  })
  try {
    return await Promise.race([observation.look({ attempt, signal }), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
