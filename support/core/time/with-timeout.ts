import { type Clock, systemClock } from './clock.ts'
import type { Duration } from './duration.ts'

/** The promise's value, or the error of `expired` when it takes longer than the budget. Nothing is left waiting. */
export async function withTimeout<T>(
  promise: Promise<T>,
  budget: Duration,
  expired: () => Error,
  clock: Clock = systemClock,
): Promise<T> {
  const timer = new AbortController()
  const bell = clock.wait(budget, timer.signal).then(() => {
    throw expired()
  })
  try {
    return await Promise.race([promise, bell])
  } finally {
    timer.abort()
  }
}
