import { type Duration, milliseconds } from '../core/duration.ts'
import type { Sight } from './polling.ts'

/** Whether a claim has been true without a break for as long as it must. */
export class Holding {
  readonly #hold: Duration
  #since: Duration | undefined

  constructor(hold: Duration) {
    this.#hold = hold
  }

  /** Takes the newest sight; anything but a met one, a fault too, begins anew. */
  enough(sight: Sight<unknown> | undefined): boolean {
    if (sight?.judgement.verdict !== 'met') this.#since = undefined
    else this.#since ??= sight.at
    return sight !== undefined && this.#since !== undefined && sight.at.ms - this.#since.ms >= this.#hold.ms
  }

  /** What is left to hold; undefined while the claim is not true. */
  rest(elapsed: Duration): Duration | undefined {
    return this.#since && milliseconds(Math.max(0, this.#since.ms + this.#hold.ms - elapsed.ms))
  }
}
