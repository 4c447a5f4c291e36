/** A program beside a scenario, as one with live hosts in it: it tells a line at a time, and goes when its input ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { EnvironmentBroken, minutes } from 'nixcumber'
import { ROOT } from './trial.ts'

/** Of all that it is there for: one that hangs must not keep the features. */
const LIMIT = minutes(15)

export class Companion {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  readonly #program: string

  constructor(program: string, words: readonly string[]) {
    this.#program = program
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#child = child
    const signal = AbortSignal.timeout(LIMIT.ms)
    this.#lines = createInterface({ input: child.stdout, signal })[Symbol.asyncIterator]()
  }

  /** What it tells next, which is JSON. @throws EnvironmentBroken when it has ended, or hangs */
  async answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next()
    if (done) throw new EnvironmentBroken(`${this.#program} tells nothing more`)
    return JSON.parse(value) as unknown
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  end(): void {
    this.#child.stdin?.end()
  }
}
