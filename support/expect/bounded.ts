import type { Duration } from '../core/duration.ts'
import { CommandCutOff } from '../core/errors.ts'
import type { Observation } from './expectation.ts'

/** How much later than the look's own bound the signal fires: the shell must have time to cut the command off itself. */
const GRACE_MS = 2000

const UNENDED = 'The look did not end within its bound'

export interface Bounds {
  readonly attempt: Duration
  /** The whole scenario is given up. */
  readonly signal?: AbortSignal | undefined
}

/** One look that ends, even when the observation does not heed its own bound. */
export async function bounded<Facts>(
  observation: Observation<Facts>,
  { attempt, signal: whole }: Bounds,
): Promise<Facts> {
  whole?.throwIfAborted()
  const own = AbortSignal.timeout(attempt.ms + GRACE_MS)
  const signal = whole ? AbortSignal.any([whole, own]) : own
  let abort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(whole?.aborted ? whole.reason : new CommandCutOff(observation.silence ?? UNENDED))
    signal.addEventListener('abort', abort, { once: true })
  })
  try {
    return await Promise.race([observation.look({ attempt, signal }), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
