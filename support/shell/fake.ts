import type { Command, CommandResult } from '../core/command.ts'
import { withTimeout } from '../core/time/with-timeout.ts'
import { commandCutOff, connectionLost } from './command-errors.ts'
import type { RunLimits, Shell } from './shell.ts'

/** What a fake answers: bytes or text for the streams, 0 and nothing where left out. */
export interface FakeAnswer {
  readonly exitCode?: number
  readonly stdout?: string | Buffer
  readonly stderr?: string | Buffer
}

export type Answering = (command: Command, limits: RunLimits) => FakeAnswer | Promise<FakeAnswer>

/** A shell for tests: a function answers, and every command is kept. It holds bounds and signals like the real ones. */
export class FakeShell implements Shell {
  readonly transport = 'fake'
  readonly commands: string[] = []
  readonly #answering: Answering
  #connected = true

  constructor(answering: Answering = () => ({})) {
    this.#answering = answering
  }

  /** From now on every call finds the connection lost, until it is `mend`ed. */
  sever(): void {
    this.#connected = false
  }

  mend(): void {
    this.#connected = true
  }

  async run(command: Command, limits: RunLimits): Promise<CommandResult> {
    limits.signal?.throwIfAborted()
    if (!this.#connected) throw connectionLost('it was severed', command)
    this.commands.push(command.script)
    const aborted = new Promise<never>((_, reject) =>
      limits.signal?.addEventListener('abort', () => reject(limits.signal?.reason), { once: true }),
    )
    const answer = Promise.race([Promise.resolve(this.#answering(command, limits)), aborted])
    const {
      exitCode = 0,
      stdout = '',
      stderr = '',
    } = await withTimeout(answer, limits.attempt, () => commandCutOff(command, limits.attempt))
    return { exitCode, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connected = false
  }
}
