import { readable } from '../../console/readable.ts'
import { argv } from '../../core/command.ts'
import { NixcumberError } from '../../core/errors.ts'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds, shorter } from '../../core/time/duration.ts'
import type { Shell } from '../../shell/shell.ts'
import { LoginRefused } from '../../shell/ssh/connection-messages.ts'
import type { Transport } from '../machine.ts'
import type { GuestAccess, GuestContext } from './guest-access.ts'
import { speaksSsh } from './ssh-banner.ts'

const RETRY_INTERVAL = milliseconds(250)
const BANNER = seconds(2)
/** A getty comes later than sshd: systemd waits as long for its device (systemd-system.conf(5), DefaultDeviceTimeoutSec=). */
const GETTY = seconds(90)
const PROMPT = /\blogin: *$/m

/** Opens a shell into the machine; asked once for each way. */
export type OpenShell = (via: Transport) => Promise<Shell>

/** Into a machine without the harness: a login at its console, or ssh. It is ready when one of the two asks who is there. */
export class LoginAccess implements GuestAccess {
  preferred: Transport = 'serial'
  readonly #inside: GuestContext
  readonly #open: OpenShell
  readonly #shells = new Map<Transport, Promise<Shell>>()

  constructor(inside: GuestContext, open: OpenShell) {
    this.#inside = inside
    this.#open = open
  }

  async ready({ deadline, after, signal }: Parameters<GuestAccess['ready']>[0]): Promise<string> {
    // A new boot asks for a new login, and may have other host keys.
    await this.leave()
    this.preferred = await this.#firstPrompt(signal)
    for (;;) {
      const bootId = await this.#bootId(deadline, signal).catch(error => this.#atConsole(error, deadline, signal))
      if (bootId !== undefined && bootId !== after) return bootId
      await systemClock.wait(RETRY_INTERVAL, signal)
    }
  }

  shell(via: Transport): Promise<Shell> {
    const known = this.#shells.get(via)
    if (known) return known
    const opened = this.#open(via)
    this.#shells.set(via, opened)
    // The next one who asks tries again.
    opened.catch(() => this.#shells.delete(via))
    return opened
  }

  /** A resumed machine has its console's login open as it was; only the network is new. */
  openIn(): undefined {}

  async reconnect(): Promise<Shell> {
    const ssh = await this.#shells.get('ssh')?.catch(() => undefined)
    this.#shells.delete('ssh')
    await ssh?.[Symbol.asyncDispose]()
    return this.shell(this.preferred)
  }

  async startupBlockers(): Promise<string | undefined> {
    return undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave()
  }

  async leave(): Promise<void> {
    const shells = [...this.#shells.values()]
    this.#shells.clear()
    for (const shell of shells) await (await shell.catch(() => undefined))?.[Symbol.asyncDispose]()
  }

  /** A console may have no login, and a machine no sshd: whichever comes first. */
  async #firstPrompt(signal: AbortSignal): Promise<Transport> {
    const port = await this.#inside.forward(22)
    for (;;) {
      if (this.#consoleAsks()) return 'serial'
      if (await speaksSsh({ host: '127.0.0.1', port }, BANNER)) return 'ssh'
      await systemClock.wait(RETRY_INTERVAL, signal)
    }
  }

  /** Who is not let in over ssh may be at the console, which asks a little later. */
  async #atConsole(error: unknown, deadline: Deadline, signal: AbortSignal): Promise<undefined> {
    if (!(error instanceof LoginRefused) || this.preferred !== 'ssh') throw error
    const patience = Deadline.after(shorter(deadline.remaining, GETTY))
    while (!this.#consoleAsks()) {
      if (patience.expired) throw error
      await systemClock.wait(RETRY_INTERVAL, signal)
    }
    this.preferred = 'serial'
  }

  #consoleAsks(): boolean {
    return PROMPT.test(readable(this.#inside.console.since(this.#inside.bootedAt())))
  }

  /** Asked when systemd has finished starting; undefined when the connection broke, as it does while booting. */
  async #bootId(deadline: Deadline, signal: AbortSignal): Promise<string | undefined> {
    try {
      const shell = await this.shell(this.preferred)
      await shell.run(argv('systemctl', 'is-system-running', '--wait'), { attempt: deadline.remaining, signal })
      const attempt = shorter(deadline.remaining, seconds(30))
      const { stdout } = await shell.run(argv('cat', '/proc/sys/kernel/random/boot_id'), { attempt, signal })
      return stdout.toString().trim()
    } catch (error) {
      if (error instanceof NixcumberError && error.retryable && !deadline.expired) return undefined
      throw error
    }
  }
}
