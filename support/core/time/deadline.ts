import { type Clock, systemClock } from './clock.ts'
import { type Duration, milliseconds } from './duration.ts'

/** A moment by which something must have happened; handed down instead of seconds, so that nested waits share one budget. */
export class Deadline {
  readonly #clock: Clock
  readonly #start: number
  readonly budget: Duration

  private constructor(budget: Duration, clock: Clock) {
    this.budget = budget
    this.#clock = clock
    this.#start = clock.now()
  }

  static after(budget: Duration, clock: Clock = systemClock): Deadline {
    return new Deadline(budget, clock)
  }

  get elapsed(): Duration {
    return milliseconds(this.#clock.now() - this.#start)
  }

  get remaining(): Duration {
    return milliseconds(Math.max(0, this.budget.ms - this.elapsed.ms))
  }

  get expired(): boolean {
    return this.elapsed.ms >= this.budget.ms
  }

  /** An abort signal that fires at the deadline, for what takes signals. */
  signal(): AbortSignal {
    return AbortSignal.timeout(Math.ceil(this.remaining.ms))
  }
}
