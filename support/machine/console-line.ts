import { Duplex } from 'node:stream'
import type { ProcessGroup } from './process-group.ts'

/** "Where is the cursor?" and the answer of a terminal of 80 columns (ECMA-48, DSR and CPR). */
const QUESTION = '\u001b[6n'
const ANSWER = '\u001b[24;80R'

/**
 * The line between a console and whichever QEMU currently runs the machine: it survives a shutdown and the next boot, so that
 * one transcript holds everything. Reading is never paused: a QEMU whose output nobody takes would stand still.
 */
export class ConsoleLine extends Duplex {
  readonly #answers: boolean
  readonly #listeners = new Set<(text: string) => void>()
  #process: ProcessGroup | undefined

  /**
   * @param answersAsTerminal nixos-shell logs root in on the console and has `resize` ask for the terminal's size; where nobody
   *   answers it waits, is timed out, and the login starts over, again and again
   */
  constructor({ answersAsTerminal = false }: { readonly answersAsTerminal?: boolean } = {}) {
    super()
    this.#answers = answersAsTerminal
  }

  attach(process: ProcessGroup): void {
    this.#process = process
    process.stdout.on('data', (bytes: Buffer) => {
      this.push(bytes)
      const text = bytes.toString('latin1')
      if (this.#answers && text.includes(QUESTION)) process.stdin.write(ANSWER)
      for (const listener of [...this.#listeners]) listener(text)
    })
  }

  /** Calls the listener with each piece of output until it is taken off again by the returned function. */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // What is typed at a machine that is off is typed at nobody.
    if (!this.#process || this.#process.end) done()
    else this.#process.stdin.write(bytes, () => done())
  }
}
