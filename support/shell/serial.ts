import { dialSocket } from '../console/dial.ts'
import type { Command, CommandResult } from '../core/command.ts'
import { type Clock, systemClock } from '../core/time/clock.ts'
import type { Duration } from '../core/time/duration.ts'
import { AgentShell } from './agent-shell.ts'
import type { Hello } from './framing.ts'
import type { RunLimits, Shell } from './shell.ts'

export interface SerialOptions {
  /** Unix socket of the harness port, served by QEMU. */
  readonly socketPath: string
  readonly clock?: Clock
}

/** Commands over the harness's own virtio port; the guest's end is agent/agent.sh. */
export class SerialShell implements Shell {
  readonly transport = 'serial'
  readonly #framed: AgentShell

  private constructor({ socketPath, clock = systemClock }: SerialOptions) {
    this.#framed = new AgentShell(budget => dialSocket(socketPath, budget), clock)
  }

  /** Does not connect yet: the first command, `hello` or `ready` does. */
  static open(options: SerialOptions): SerialShell {
    return new SerialShell(options)
  }

  run(command: Command, limits: RunLimits): Promise<CommandResult> {
    return this.#framed.run(command, limits)
  }

  /** The agent's word: boot id and state. @throws ConnectionLost when it does not answer within the budget */
  hello(budget: Duration): Promise<Hello> {
    return this.#framed.hello(budget)
  }

  /** Waits until systemd in the machine has finished starting (running or degraded). @throws ConnectionLost */
  ready(budget: Duration): Promise<Hello> {
    return this.#framed.ready(budget)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#framed.close()
  }
}
