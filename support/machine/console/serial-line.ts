import { Duplex } from 'node:stream'
import { TERMINAL_SIZE } from '../../console/terminal-screen.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import type { ProcessGroup } from '../runtime/process-group.ts'
import { SecretMask } from './secret-mask.ts'

/** An echo of what was typed at once comes at once. */
const HOLD_BACK_TIME = milliseconds(500)
/** "Where is the cursor?" and the answer of a terminal whose cursor was sent to its far corner (ECMA-48, DSR and CPR). */
const QUESTION = '\u001b[6n'
const ANSWER = `\u001b[${TERMINAL_SIZE.rows};${TERMINAL_SIZE.columns}R`

export interface SerialLineOptions {
  readonly answersAsTerminal?: boolean
  readonly secrets?: readonly string[]
}

/**
 * The line between a console and whichever QEMU currently runs the machine: it survives a shutdown and the next boot, so that
 * one transcript holds everything. Reading is never paused: a QEMU whose output is not taken would stand still.
 */
export class SerialLine extends Duplex {
  readonly #answers: boolean
  readonly #mask: SecretMask
  readonly #listeners = new Set<(text: string) => void>()
  #process: ProcessGroup | undefined
  #pieces = 0
  /** The end of what was said last: a question may come in two pieces. */
  #last = ''
  #asked = false

  /**
   * @param answersAsTerminal nixos-shell logs root in on the console and has `resize` ask for the terminal's size; where no terminal
   *   answers it waits, is timed out, and the login starts over, again and again
   * @param secrets never passed on, should the machine print them
   */
  constructor({ answersAsTerminal = false, secrets = [] }: SerialLineOptions = {}) {
    super()
    this.#mask = new SecretMask(secrets)
    this.#answers = answersAsTerminal
  }

  attach(process: ProcessGroup): void {
    this.#process = process
    process.stdout.on('data', (bytes: Buffer) => {
      const text = this.#mask.add(bytes.toString('latin1'))
      if (this.#answers && this.#isQuestion(text)) process.stdin.write(ANSWER)
      this.#say(text)
      void this.#releaseLater()
    })
  }

  /** Adds what the machine has said elsewhere to what it says here. */
  add(text: string): void {
    this.#say(this.#mask.add(text) + this.#mask.release())
  }

  /** A program has asked the terminal, and nothing shows yet that the answer has reached it. */
  get asked(): boolean {
    return this.#asked
  }

  /** Calls the listener with each piece of output until it is taken off again by the returned function. */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #isQuestion(text: string): boolean {
    const heard = this.#last + text
    const question = heard.lastIndexOf(QUESTION)
    this.#last = heard.slice(-(QUESTION.length - 1))
    if (text !== '') this.#asked = question !== -1 && heard.length === question + QUESTION.length
    return question !== -1
  }

  #say(text: string): void {
    if (text === '') return
    this.push(Buffer.from(text, 'latin1'))
    for (const listener of [...this.#listeners]) listener(text)
  }

  async #releaseLater(): Promise<void> {
    const count = ++this.#pieces
    if (!this.#mask.holds) return
    await systemClock.wait(HOLD_BACK_TIME)
    if (count === this.#pieces) this.#say(this.#mask.release())
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // What is typed at a machine that is off goes nowhere.
    if (!this.#process || this.#process.end) done()
    else this.#process.stdin.write(bytes, () => done())
  }
}
