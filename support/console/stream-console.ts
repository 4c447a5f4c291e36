import { createWriteStream } from 'node:fs'
import type { Duplex } from 'node:stream'
import type { Deadline } from '../core/deadline.ts'
import { ExpectationNotMet } from '../core/errors.ts'
import type { Console } from './console.ts'
import { within } from './within.ts'

export class StreamConsole implements Console, AsyncDisposable {
  transcript = ''
  readonly transcriptFile: string
  readonly #stream: Duplex
  constructor(stream: Duplex, transcriptFile: string) {
    this.#stream = stream
    this.transcriptFile = transcriptFile
    const file = createWriteStream(transcriptFile)
    stream.on('data', (b: Buffer) => {
      this.transcript += b.toString()
      file.write(b)
    })
  }
  async send(text: string): Promise<void> {
    this.#stream.write(text)
  }
  async expect(pattern: RegExp, deadline: Deadline, from = 0): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>(resolve => {
      const look = () => {
        const m = pattern.exec(this.transcript.slice(from))
        if (m) resolve(m)
      }
      look()
      this.#stream.on('data', look)
    })
    return within(found, deadline.remaining, () => new ExpectationNotMet('not shown'))
  }
  async [Symbol.asyncDispose](): Promise<void> {}
}
