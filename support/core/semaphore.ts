/** So many at a time, first come first served. */
export class Semaphore {
  #free: number
  readonly #queue: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  /** A place; given back when disposed of. @throws the signal's reason when aborted while waiting */
  async take(signal?: AbortSignal): Promise<AsyncDisposable> {
    signal?.throwIfAborted()
    if (this.#free > 0) this.#free--
    else await this.#turn(signal)
    return { [Symbol.asyncDispose]: async () => this.#give() }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine = (): void => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(mine), 1)
        reject(signal?.reason)
      }
      this.#queue.push(mine)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  #give(): void {
    const next = this.#queue.shift()
    if (next === undefined) this.#free++
    else next()
  }
}
