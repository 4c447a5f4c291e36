/** Ctrl-C while a stage is under way ends the process in good order, so that the state of the target is told. A run has its own way. */
import { onInterrupt } from '../../../runner/interrupt.ts'

const listen = (): Disposable => onInterrupt(async exitCode => exitCode)

export class Interruptible implements Disposable {
  #listening = listen()

  /** Something else listens meanwhile. */
  async aside<T>(run: () => Promise<T>): Promise<T> {
    this.#listening[Symbol.dispose]()
    try {
      return await run()
    } finally {
      this.#listening = listen()
    }
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]()
  }
}
