import { Duplex } from 'node:stream'
import type { Console } from '../../console/console.ts'
import { NoisyFrames } from './noisy-frames.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: a frame begins with one
const RUN = /^\n?\u0002run (\d+) /

/** A console behind which the agent speaks, as the clean byte stream that a FramedSession wants. */
export class ConsoleLink extends Duplex {
  readonly #console: Console
  readonly #frames = new NoisyFrames()
  readonly #unlisten: () => void
  #lately = ''

  constructor(console: Console) {
    super()
    this.#console = console
    this.#unlisten = console.listen(text => this.#receive(text))
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const [, id] = RUN.exec(bytes.toString('latin1', 0, 40)) ?? []
    if (id !== undefined) this.#frames.expect(Number(id))
    this.#console.send(bytes).then(() => done(), done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#unlisten()
    done(error)
  }

  #receive(text: string): void {
    this.#lately = (this.#lately + text).slice(-100)
    for (const outcome of this.#frames.push(text))
      if ('frame' in outcome) this.push(outcome.frame)
      else void this.#console.send(`\n\u0002${outcome.ask}\n`).catch(error => this.destroy(error))
    // the session is over: the machine was booted anew, or it was ended
    if (this.#frames.between && /\blogin: ?$/.test(this.#lately)) this.destroy()
  }
}
