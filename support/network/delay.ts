import type { Clock } from '../core/time/clock.ts'
import { milliseconds } from '../core/time/duration.ts'
import type { Departure } from './switch.ts'

/** Holds back the frames of one way until their time; they leave in the order they came. */
export class Delay {
  readonly #clock: Clock
  readonly #deliver: (departure: Departure) => void
  readonly #over: AbortSignal
  #queue: Departure[] = []

  constructor(clock: Clock, deliver: (departure: Departure) => void, over: AbortSignal) {
    this.#clock = clock
    this.#deliver = deliver
    this.#over = over
  }

  push(departure: Departure): void {
    if (this.#queue.push(departure) === 1) this.#run().catch(() => {})
  }

  /** What it holds never leaves. */
  clear(): void {
    this.#queue = []
  }

  get length(): number {
    return this.#queue.length
  }

  async #run(): Promise<void> {
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      const rest = next.at - this.#clock.now()
      if (rest > 0) await this.#clock.wait(milliseconds(rest), this.#over)
      else this.#leave()
    }
  }

  #leave(): void {
    const now = this.#clock.now()
    const waiting = this.#queue.findIndex(({ at }) => at > now)
    const due = waiting < 0 ? this.#queue.splice(0) : this.#queue.splice(0, waiting)
    for (const departure of due) this.#deliver(departure)
  }
}
