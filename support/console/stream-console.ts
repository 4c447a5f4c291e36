import type { Duplex } from 'node:stream'
import { ConnectionLost, ExpectationNotMet } from '../core/errors.ts'
import { rows, tail } from '../core/text/text.ts'
import { type Clock, systemClock } from '../core/time/clock.ts'
import type { Deadline } from '../core/time/deadline.ts'
import { formatDuration } from '../core/time/duration.ts'
import { withTimeout } from '../core/time/with-timeout.ts'
import type { Console } from './console.ts'
import { ReadableText, readable } from './readable.ts'
import { TranscriptFile } from './transcript-file.ts'

export interface StreamConsoleOptions {
  /** What the machine prints, and where to type: a socket, or a process's standard streams as one. */
  readonly stream: Duplex
  /** Appended to, from the first byte on. */
  readonly transcriptFile: string
  /** Ctrl-A is QEMU's own escape on a console that is shared with its monitor, and must be doubled. */
  readonly doublesCtrlA?: boolean
  readonly clock?: Clock
  /** What the machine had printed before, in another run. */
  readonly before?: string
}

/** Characters kept in memory; a flooded console must not take the runner's memory with it. */
const KEPT = 4_000_000
/** How far back a match that began earlier is looked for once very much was printed. */
const WINDOW_CHARS = 65_536

/** A console over a byte stream. Reading is never paused: a machine whose output is not taken would stand still. */
export class StreamConsole implements Console, AsyncDisposable {
  readonly transcriptFile: string
  readonly #stream: Duplex
  readonly #file: TranscriptFile
  readonly #times: TranscriptFile
  readonly #clock: Clock
  readonly #doublesCtrlA: boolean
  readonly #decoder = new TextDecoder()
  readonly #listeners = new Set<(text: string) => void>()
  readonly #closing = new Set<() => void>()
  #kept = ''
  #dropped = 0
  #last: number
  #closed = false
  /** What was taken back, by position: from, to. */
  #undone: readonly (readonly [number, number])[] = []

  constructor({
    stream,
    transcriptFile,
    doublesCtrlA = false,
    clock = systemClock,
    before = '',
  }: StreamConsoleOptions) {
    this.#stream = stream
    this.transcriptFile = transcriptFile
    this.#doublesCtrlA = doublesCtrlA
    this.#clock = clock
    this.#last = clock.now()
    this.#file = new TranscriptFile(transcriptFile)
    this.#times = new TranscriptFile(`${transcriptFile}.times`)
    if (before !== '') this.#receive(Buffer.from(before))
    stream.on('data', (chunk: Buffer) => this.#receive(chunk))
    for (const end of ['end', 'close', 'error']) stream.on(end, () => this.#close())
  }

  get transcript(): string {
    return this.since(0)
  }

  get position(): number {
    return this.#dropped + this.#kept.length
  }

  get keptFrom(): number {
    return this.#dropped
  }

  since(position: number): string {
    let text = ''
    let at = position
    for (const [from, to] of this.#undone) {
      text += this.#between(at, from)
      at = Math.max(at, to)
    }
    return text + this.#between(at, this.position)
  }

  rewind(position: number, because: string): void {
    const line = `\r\n--- ${because} ---\r\n`
    this.#record(Buffer.from(line))
    const before = this.#undone.filter(([from]) => from < position)
    this.#undone = [...before, [position, this.position]]
  }

  async send(typed: string | Buffer): Promise<void> {
    if (this.#closed) throw new ConnectionLost('The console is closed: its machine is off')
    const bytes = Buffer.from(typed).toString('latin1')
    const escaped = this.#doublesCtrlA ? bytes.replaceAll('\u0001', '\u0001\u0001') : bytes
    await new Promise<void>((resolve, reject) =>
      this.#stream.write(Buffer.from(escaped, 'latin1'), error =>
        error ? reject(new ConnectionLost(`The console takes no input: ${error.message}`)) : resolve(),
      ),
    )
  }

  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async expect(pattern: RegExp, deadline: Deadline, from = 0): Promise<RegExpExecArray> {
    const wanted = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
    const reader = new ReadableText()
    let seen = reader.add(this.since(from))
    const found = wanted.exec(seen)
    if (found !== null) return found
    let stop = (): void => {}
    const match = new Promise<RegExpExecArray>((resolve, reject) => {
      const closed = (): void => reject(this.#gone(pattern))
      const unlisten = this.listen(piece => {
        seen = seen.slice(seen.length > 4 * WINDOW_CHARS ? -WINDOW_CHARS : 0) + reader.add(piece)
        const late = wanted.exec(seen)
        if (late !== null) resolve(late)
      })
      stop = () => {
        unlisten()
        this.#closing.delete(closed)
      }
      this.#closing.add(closed)
      if (this.#closed) closed()
    })
    try {
      return await withTimeout(match, deadline.remaining, () => this.#unseen(pattern, deadline), this.#clock)
    } finally {
      stop()
    }
  }

  /** Completes the transcript on disk. The stream belongs to its maker. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#close()
    for (const file of [this.#file, this.#times]) file.close()
  }

  #between(from: number, to: number): string {
    return this.#kept.slice(Math.max(0, from - this.#dropped), Math.max(0, to - this.#dropped))
  }

  #receive(chunk: Buffer): void {
    this.#record(chunk)
    const text = this.#decoder.decode(chunk, { stream: true })
    this.#kept += text
    if (this.#kept.length > 2 * KEPT) {
      this.#dropped += this.#kept.length - KEPT
      this.#kept = this.#kept.slice(-KEPT)
    }
    for (const listener of [...this.#listeners]) listener(text)
  }

  #record(chunk: Buffer): void {
    const now = this.#clock.now()
    this.#file.write(chunk)
    if (this.#file.whole) this.#times.write(Buffer.from(`${((now - this.#last) / 1000).toFixed(6)} ${chunk.length}\n`))
    this.#last = now
  }

  #close(): void {
    this.#closed = true
    for (const closed of [...this.#closing]) closed()
  }

  #unseen(pattern: RegExp, { budget }: Deadline): ExpectationNotMet {
    return new ExpectationNotMet(
      `The console did not show ${pattern.source} within ${formatDuration(budget)}\n${this.#evidence()}`.trimEnd(),
    )
  }

  #gone(pattern: RegExp): ConnectionLost {
    return new ConnectionLost(
      `The console was closed before it showed ${pattern.source}\n${this.#evidence()}`.trimEnd(),
    )
  }

  #evidence(): string {
    const end = readable(this.transcript.slice(-20_000))
    return rows({ Observed: tail(end, 10), Evidence: this.transcriptFile })
  }
}
