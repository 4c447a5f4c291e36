import { Duplex } from 'node:stream'
import type { ProcessGroup } from './process-group.ts'

/**
 * The line between a console and whichever QEMU currently runs the machine: it survives a shutdown and the next boot, so that
 * one transcript holds everything. Reading is never paused: a QEMU whose output nobody takes would stand still.
 */
export class ConsoleLine extends Duplex {
  readonly #listeners = new Set<(text: string) => void>()
  #process: ProcessGroup | undefined

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

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // What is typed at a machine that is off is typed at nobody.
    if (!this.#process || this.#process.end) done()
    else this.#process.stdin.write(bytes, () => done())
  }
}
