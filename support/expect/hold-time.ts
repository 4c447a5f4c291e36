import { type Duration, milliseconds } from '../core/time/duration.ts'
import type { Sample } from './polling.ts'

/** Whether a claim has been true without a break for as long as it must. */
export class HoldTime {
  readonly #hold: Duration
  readonly #lasting: boolean
  #since: Duration | undefined

  /** @param lasting a look vouches for the time that it took */
  constructor(hold: Duration, lasting = false) {
    this.#hold = hold
    this.#lasting = lasting
  }

  /** Takes the newest sample; anything but a met one, a fault too, begins anew. */
  enough(sample: Sample<unknown> | undefined): boolean {
    if (sample?.judgement.verdict !== 'met') this.#since = undefined
    else this.#since ??= sample.at
    if (sample === undefined || this.#since === undefined) return false
    const seen = this.#lasting ? sample.until : sample.at
    return seen.ms - this.#since.ms >= this.#hold.ms
  }

  /** What is left to hold; undefined while the claim is not true. */
  rest(elapsed: Duration): Duration | undefined {
    return this.#since && milliseconds(Math.max(0, this.#since.ms + this.#hold.ms - elapsed.ms))
  }
}
