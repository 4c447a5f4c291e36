import type { Duplex } from 'node:stream'
import type { Command, CommandResult } from '../core/command.ts'
import { Semaphore } from '../core/semaphore.ts'
import { type Clock, systemClock } from '../core/time/clock.ts'
import { Deadline } from '../core/time/deadline.ts'
import { type Duration, milliseconds } from '../core/time/duration.ts'
import { AgentSession } from './agent-session.ts'
import { connectionLost } from './command-errors.ts'
import type { Hello } from './framing.ts'
import { Reconnecting } from './reconnecting.ts'
import type { RunLimits } from './shell.ts'

/** How to reach the agent: each call gives a fresh byte stream to one. @throws ConnectionLost */
export type Connect = (budget: Duration) => Promise<Duplex>

/** As many commands as the agent gets at once; the others wait on the runner, where waiting costs nothing. */
const AT_ONCE = 12

/** A session with an agent that is dialled when needed and again after it was lost. Knows nothing of sockets or ssh. */
export class AgentShell {
  readonly #dial: Connect
  readonly #clock: Clock
  readonly #settling: Duration
  readonly #slots = new Semaphore(AT_ONCE)
  readonly #session = new Reconnecting<AgentSession>(session => !session.lost)
  #closed = false

  /** @param settling how long an agent may take to speak, however short the command's own bound is */
  constructor(dial: Connect, clock: Clock = systemClock, settling: Duration = milliseconds(0)) {
    this.#settling = settling
    this.#dial = dial
    this.#clock = clock
  }

  /** @throws CommandCutOff, ConnectionLost; see Shell */
  async run(command: Command, limits: RunLimits): Promise<CommandResult> {
    await using _slot = await this.#slots.take(limits.signal)
    const session = await this.#connected(limits.attempt)
    return await session.run(command, limits)
  }

  /** Who is there: boot id, and how far systemd has come. */
  async hello(budget: Duration): Promise<Hello> {
    return (await this.#connected(budget)).hello(budget)
  }

  /** Waits for the word that systemd has finished starting; connects again when the machine reboots meanwhile. */
  async ready(budget: Duration): Promise<Hello> {
    const deadline = Deadline.after(budget, this.#clock)
    const session = await this.#connected(deadline.remaining)
    const word = session.greeting(hello => hello.state !== 'starting')
    word.catch(() => {})
    const now = await session.hello(deadline.remaining)
    if (now.state !== 'starting') return now
    const late = new AbortController()
    const bell = this.#clock.wait(deadline.remaining, late.signal).then(() => {
      throw connectionLost('systemd in the machine has not finished starting')
    })
    try {
      return await Promise.race([word, bell])
    } finally {
      late.abort()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const session = await this.#session.last()
    session?.close('the shell was closed')
  }

  async #connected(budget: Duration): Promise<AgentSession> {
    if (this.#closed) throw connectionLost('the shell was closed')
    return this.#session.get(() => this.#connect(budget))
  }

  async #connect(budget: Duration): Promise<AgentSession> {
    const deadline = Deadline.after(budget, this.#clock)
    const session = new AgentSession(await this.#dial(budget), this.#clock)
    try {
      session.reset()
      await session.hello(deadline.remaining.ms > this.#settling.ms ? deadline.remaining : this.#settling)
      return session
    } catch (error) {
      session.close('there was no answer')
      throw error
    }
  }
}
