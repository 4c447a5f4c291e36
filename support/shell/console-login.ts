import type { Duplex } from 'node:stream'
import type { Console } from '../console/console.ts'
import type { Command, CommandResult, Restraint } from '../core/command.ts'
import { type Clock, systemClock } from '../core/time/clock.ts'
import { Deadline } from '../core/time/deadline.ts'
import { type Duration, seconds } from '../core/time/duration.ts'
import { AgentShell } from './agent-shell.ts'
import { ConsoleLink } from './console/console-link.ts'
import { ConsoleLogin, type Credentials } from './console/login.ts'
import { withHindrance } from './hindrance.ts'
import type { RunLimits, Shell } from './shell.ts'

export interface ConsoleShellOptions {
  readonly console: Console
  readonly login: Credentials
  /** A login, with its pauses, may take this long even when a command may not. */
  readonly loginBudget?: Duration
  readonly clock?: Clock
  /** Whether nothing is at the console's other end: then no login is waited for, and none is left politely. */
  readonly isOff?: () => boolean
}

/** Its text comes over a line of 11 kB a second at worst. */
const AGENT_START = seconds(20)

/**
 * Commands for a machine without the harness: logs in at its console and has the agent speak through it. Its answers are made
 * to bear what the kernel prints in between. While it is in use the console is not fit for reading; disposing of it logs out.
 */
export class ConsoleShell implements Shell {
  readonly transport = 'console'
  readonly #console: Console
  readonly #login: ConsoleLogin
  readonly #budget: Duration
  readonly #framed: AgentShell
  #link: ConsoleLink | undefined
  readonly #clock: Clock
  readonly #isOff: () => boolean
  /** What may have refused something to a command. */
  readonly restraint: Restraint | undefined

  private constructor({
    console,
    login,
    loginBudget = seconds(60),
    clock = systemClock,
    isOff = () => false,
  }: ConsoleShellOptions) {
    this.#console = console
    this.#clock = clock
    this.#budget = loginBudget
    this.#isOff = isOff
    this.restraint = login.user === 'root' ? undefined : 'user'
    this.#login = new ConsoleLogin({ console, credentials: login, clock, isOff })
    this.#framed = new AgentShell(budget => this.#enter(budget), clock, AGENT_START)
  }

  /** Does not log in yet: the first command does. */
  static open(options: ConsoleShellOptions): ConsoleShell {
    return new ConsoleShell(options)
  }

  /** @throws also EnvironmentBroken when the login is refused */
  async run(command: Command, limits: RunLimits): Promise<CommandResult> {
    return withHindrance(await this.#framed.run(command, limits), this.restraint)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const entered = this.#link !== undefined && !this.#link.destroyed
    await this.#framed.close()
    if (!entered || this.#isOff()) return
    const from = this.#console.position
    // the second line ends the `cat` that carried the first
    await this.#console.send('\n\u0002leave\n').catch(() => {})
    await this.#clock.wait(seconds(0.2))
    await this.#console.send('\n').catch(() => {})
    await this.#console.expect(/login:/, Deadline.after(seconds(3), this.#clock), from).catch(() => {})
  }

  async #enter(budget: Duration): Promise<Duplex> {
    const longer = budget.ms > this.#budget.ms ? budget : this.#budget
    await this.#login.enter(Deadline.after(longer, this.#clock))
    this.#link = new ConsoleLink(this.#console)
    return this.#link
  }
}
