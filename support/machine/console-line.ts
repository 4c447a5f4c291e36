import { Duplex } from 'node:stream'
import type { ProcessGroup } from './process-group.ts'

const CTRL_A = '\u0001'

/**
 * The line between a console and whichever QEMU currently runs the machine: it survives a shutdown and the next boot, so that
 * one transcript holds everything. Reading is never paused: a QEMU whose output nobody takes would stand still.
 */
export class ConsoleLine extends Duplex {
  readonly #escapes: boolean
  readonly #listeners = new Set<(text: string) => void>()
  #process: ProcessGroup | undefined

  /** @param escapes the console shares the line with QEMU's monitor, whose escape character is Ctrl-A (qemu(1), -nographic) */
  constructor({ escapes }: { readonly escapes: boolean }) {
    super({ decodeStrings: false })
    this.#escapes = escapes
  }

  attach(process: ProcessGroup): void {
    this.#process = process
    process.stdout.on('data', (bytes: Buffer) => {
      this.push(bytes)
      for (const listener of [...this.#listeners]) listener(bytes.toString('latin1'))
    })
  }

  /** Calls the listener with each piece of output until it is taken off again by the returned function. */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  override _read(): void {}

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const text = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    const escaped = this.#escapes
      ? Buffer.from(text.toString('latin1').replaceAll(CTRL_A, CTRL_A + CTRL_A), 'latin1')
      : text
    if (!this.#process || this.#process.end) done()
    else this.#process.stdin.write(escaped, () => done())
  }
}
