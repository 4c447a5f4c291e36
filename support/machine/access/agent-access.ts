import { sh } from '../../core/command.ts'
import { NixcumberError } from '../../core/errors.ts'
import { systemClock } from '../../core/time/clock.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { SerialShell } from '../../shell/serial.ts'
import type { Shell } from '../../shell/shell.ts'
import type { Transport } from '../machine.ts'
import { agentSocket } from '../qemu/options.ts'
import type { GuestAccess } from './guest-access.ts'

const RETRY_INTERVAL = milliseconds(250)

/** Into a machine with the harness module: its agent answers on the harness port, and its ephemeral key opens ssh. */
export class AgentAccess implements GuestAccess {
  readonly preferred = 'serial'
  #serial: SerialShell
  #ahead: SerialShell | undefined
  readonly #ssh: () => Promise<Shell>
  #sshShell: Promise<Shell> | undefined

  constructor(dir: string, ssh: () => Promise<Shell>) {
    this.#serial = SerialShell.open({ socketPath: agentSocket(dir) })
    this.#ssh = ssh
  }

  async ready({ deadline, after, signal }: Parameters<GuestAccess['ready']>[0]): Promise<string> {
    await this.leave()
    for (;;) {
      const bootId = await this.#word(deadline)
      if (bootId !== undefined && bootId !== after) return bootId
      await systemClock.wait(RETRY_INTERVAL, signal)
    }
  }

  async shell(via: Transport): Promise<Shell> {
    if (via === 'serial') return this.#serial
    this.#sshShell ??= this.#ssh()
    this.#sshShell.catch(() => {
      // The next one who asks tries again.
      this.#sshShell = undefined
    })
    return this.#sshShell
  }

  openIn(dir: string): Shell {
    this.#ahead = SerialShell.open({ socketPath: agentSocket(dir) })
    return this.#ahead
  }

  async reconnect(): Promise<Shell> {
    // Connections over QEMU's user network do not come along.
    await this.leave()
    const former = this.#serial
    this.#serial = this.#ahead ?? former
    this.#ahead = undefined
    if (former !== this.#serial) await former[Symbol.asyncDispose]()
    return this.#serial
  }

  async startupBlockers(): Promise<string | undefined> {
    try {
      const jobs = sh`systemctl is-system-running; systemctl list-jobs --no-legend --no-pager | head -n 10`
      const { stdout } = await this.#serial.run(jobs, { attempt: seconds(10) })
      return stdout.toString().trim() || undefined
    } catch {
      return undefined
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave()
    await this.#serial[Symbol.asyncDispose]()
    await this.#ahead?.[Symbol.asyncDispose]()
  }

  /** Over ssh only: a machine whose root is in memory makes itself other host keys at each boot. The harness's port finds the next by itself. */
  async leave(): Promise<void> {
    const shell = await this.#sshShell?.catch(() => undefined)
    this.#sshShell = undefined
    await shell?.[Symbol.asyncDispose]()
  }

  /** The boot id of a system that has started; undefined when the connection broke, as it does while booting. */
  async #word(deadline: Deadline): Promise<string | undefined> {
    try {
      return (await this.#serial.ready(deadline.remaining)).bootId
    } catch (error) {
      if (error instanceof NixcumberError && error.retryable && !deadline.expired) return undefined
      throw error
    }
  }
}
