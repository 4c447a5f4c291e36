import { setTimeout as delay } from 'node:timers/promises'
import type { Duration } from './duration.ts'

/** The one source of time. Monotonic; waiting is here so that tests can make it take no time. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number
  /** Resolves after the duration; rejects with the signal's reason when aborted. */
  wait(duration: Duration, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.now(),
  async wait(duration, signal) {
    try {
      await delay(Math.max(0, duration.ms), undefined, signal ? { signal } : {})
    } catch (error) {
      // Node's own AbortError hides it.
      throw signal?.aborted ? signal.reason : error
    }
  },
}

/** A clock for tests: waiting moves it on at once. */
export class FakeClock implements Clock {
  #now = 0
  now(): number {
    return this.#now
  }
  advance(duration: Duration): void {
    this.#now += duration.ms
  }
  async wait(duration: Duration, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.#now += Math.max(0, duration.ms)
  }
}
