import type { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'
import { within } from '../console/within.ts'
import { argv, type Command, type CommandResult } from '../core/command.ts'
import { Deadline } from '../core/deadline.ts'
import type { Duration } from '../core/duration.ts'
import { agentLoad } from './agent/agent-text.ts'
import { FramedShell } from './framed.ts'
import { cutOff, lost } from './outcome.ts'
import { Renewable } from './renewable.ts'
import { Semaphore } from './semaphore.ts'
import type { RunLimits, Shell } from './shell.ts'
import { type Login, SshConnection } from './ssh/connection.ts'
import type { HostKeys } from './ssh/host-key.ts'
import { type Hop, type RouteOptions, resolveRoute } from './ssh/route.ts'

export interface SshOptions extends RouteOptions {
  /** Left out: the known_hosts files of ssh's own configuration. */
  readonly hostKeys?: HostKeys
  readonly password?: string
}

/** sshd's default for MaxSessions is 10; a channel that was just closed may still count. */
const CHANNELS = 6
const SIGNALS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  SEGV: 11,
  PIPE: 13,
  TERM: 15,
}

/**
 * Commands over ssh, as the user one logs in as. One connection; through it one session with the agent of the harness (nothing
 * is installed: its text travels with the request), or a channel per command where the machine has no bash.
 */
export class SshShell implements Shell {
  readonly transport = 'ssh'
  readonly #route: readonly Hop[]
  readonly #login: Login
  readonly #framed = new FramedShell(budget => this.#startAgent(budget))
  readonly #channels = new Semaphore(CHANNELS)
  readonly #connection = new Renewable<SshConnection>(connection => connection.open)
  #hasBash = true
  #closed = false

  private constructor({ hostKeys, password, ...where }: SshOptions) {
    this.#route = resolveRoute(where)
    const files = this.#route.at(-1)?.knownHosts ?? []
    this.#login = {
      hostKeys: hostKeys ?? { kind: 'known-hosts', files },
      ...(password === undefined ? {} : { password }),
    }
  }

  /** Does not connect yet: the first command does. @throws UsageError for an ssh configuration that cannot be followed */
  static open(options: SshOptions): SshShell {
    return new SshShell(options)
  }

  async run(command: Command, limits: RunLimits): Promise<CommandResult> {
    if (this.#hasBash)
      try {
        return await this.#framed.run(command, limits)
      } catch (error) {
        if (this.#hasBash) throw error
      }
    await using _channel = await this.#channels.take(limits.signal)
    return this.#runInChannel(command, limits)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    await this.#framed.close()
    const connection = await this.#connection.last()
    connection?.close()
  }

  async #startAgent(budget: Duration): Promise<Duplex> {
    if (!this.#hasBash) throw lost('the machine has no bash')
    const connection = await this.#connected(budget)
    const { loader, text } = agentLoad()
    const script = argv('exec', 'bash', '-c', loader).script
    return connection.exec(script, Deadline.after(budget), channel => {
      channel.stderr.resume()
      channel.once('exit', (code: number | null) => {
        // 127 and 126: no bash to be found or to be run
        if (code === 127 || code === 126) this.#hasBash = false
      })
      channel.write(text)
      return channel
    })
  }

  async #connected(budget: Duration): Promise<SshConnection> {
    if (this.#closed) throw lost('the shell was closed')
    return this.#connection.get(() => SshConnection.open(this.#route, this.#login, budget))
  }

  async #runInChannel(command: Command, limits: RunLimits): Promise<CommandResult> {
    const deadline = Deadline.after(limits.attempt)
    const connection = await this.#connected(limits.attempt)
    const stop = new AbortController()
    const signal = limits.signal ? AbortSignal.any([limits.signal, stop.signal]) : stop.signal
    const result = connection.exec(command.script, deadline, channel => finish(channel, command, { ...limits, signal }))
    try {
      return await within(result, limits.attempt, () => cutOff(command, limits.attempt))
    } finally {
      stop.abort()
    }
  }
}

function finish(channel: ClientChannel, command: Command, { stdin, signal }: RunLimits): Promise<CommandResult> {
  signal?.addEventListener('abort', () => {
    channel.signal('KILL')
    channel.destroy()
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  channel.on('data', (chunk: Buffer) => stdout.push(chunk))
  channel.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  channel.end(stdin ?? Buffer.alloc(0))
  return new Promise((resolve, reject) => {
    let exitCode: number | undefined
    channel.once('exit', (code: number | null, signalName?: string) => {
      exitCode = code ?? 128 + (SIGNALS[signalName ?? ''] ?? 0)
    })
    channel.once('close', () => {
      if (signal?.aborted) reject(signal.reason)
      else if (exitCode === undefined) reject(lost('the channel was closed', command))
      else resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) })
    })
  })
}
