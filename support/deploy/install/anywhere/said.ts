/** What a program says, kept on disk as far as there is room, and its last lines for a message. */
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import stripAnsi from 'strip-ansi'

const MOST_BYTES = 20_000_000
const LINES_KEPT = 40
const LINE_BYTES = 2000

export class Said implements AsyncDisposable {
  readonly #log: WriteStream
  readonly #lines: string[] = []
  readonly #hear: (line: string) => void
  #bytes = 0

  /** @param hear is told each line */
  constructor(file: string, hear: (line: string) => void) {
    this.#log = createWriteStream(file, { flags: 'a', mode: 0o600 })
    this.#hear = hear
  }

  /** Both of its outputs, line by line. */
  listen(...outputs: readonly Readable[]): void {
    for (const input of outputs) createInterface({ input }).on('line', line => this.#line(line))
  }

  get last(): string {
    return this.#lines.join('\n')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>(done => this.#log.end(done))
  }

  #line(raw: string): void {
    const line = stripAnsi(raw.slice(0, LINE_BYTES)).trimEnd()
    this.#bytes += raw.length + 1
    if (this.#bytes <= MOST_BYTES) this.#log.write(`${line}\n`)
    this.#lines.push(line)
    if (this.#lines.length > LINES_KEPT) this.#lines.shift()
    this.#hear(line)
  }
}
