import type { Duplex, Readable } from 'node:stream'
import type { ClientChannel } from 'ssh2'
import { argv, type Command, type CommandResult, type Restraint } from '../core/command.ts'
import type { EnvironmentBroken, HostKey } from '../core/errors.ts'
import { Semaphore } from '../core/semaphore.ts'
import { Deadline } from '../core/time/deadline.ts'
import type { Duration } from '../core/time/duration.ts'
import { withTimeout } from '../core/time/with-timeout.ts'
import { agentLoad, confinedAgentLoad } from './agent/agent-text.ts'
import { AgentShell } from './agent-shell.ts'
import { bashNeeded, commandCutOff, connectionLost, flooded } from './command-errors.ts'
import { withHindrance } from './hindrance.ts'
import { Reconnecting } from './reconnecting.ts'
import type { RunLimits, Shell } from './shell.ts'
import { SshConnection } from './ssh/connection.ts'
import { type HostKeys, shownKey } from './ssh/host-key.ts'
import { hearNet, type KernelNet, type Net, NOT_ROOT } from './ssh/kernel-net.ts'
import type { Login } from './ssh/login.ts'
import { inOnePacket } from './ssh/one-packet.ts'
import { type Hop, type RouteOptions, resolveRoute } from './ssh/route.ts'
import { becomeRoot, type SudoWish, sudoRefused, underSudo } from './ssh/sudo.ts'

export interface SshOptions extends RouteOptions {
  /** Left out: the known_hosts files of ssh's own configuration. */
  readonly hostKeys?: HostKeys
  readonly password?: string
  /** Keys of hosts never seen before are believed, and stored in the first of the known_hosts files. */
  readonly acceptNew?: boolean
  /** Left out: one stays who one is. */
  readonly sudo?: SudoWish
  /** Nothing may be changed there: the agent is started inside the kernel's net, where that can be had. */
  readonly looksOnly?: boolean
  /** Told what the user should know unasked. */
  readonly note?: (text: string) => void
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
  readonly #framed = new AgentShell(budget => this.#startAgent(budget, this.#looksOnly))
  /** Beside the net, for what it would keep back; started when first needed. */
  readonly #unconfined = new AgentShell(budget => this.#startAgent(budget, false))
  /** Agents become root one after the other: a wrong password is tried once. */
  readonly #starting = new Semaphore(1)
  readonly #channels = new Semaphore(CHANNELS)
  readonly #connection = new Reconnecting<SshConnection>(connection => connection.open)
  readonly #sudo: SudoWish | undefined
  readonly #note: (text: string) => void
  readonly #looksOnly: boolean
  #net: KernelNet | undefined
  #hostKey: HostKey | undefined
  #hasBash = true
  #isRoot = false
  /** sudo has answered for good: a wrong password is not tried again. */
  #sudoSaid: { readonly error?: EnvironmentBroken } | undefined
  #closed = false

  private constructor({ hostKeys, password, acceptNew, sudo, note, looksOnly = false, ...where }: SshOptions) {
    this.#route = resolveRoute(where)
    const last = this.#route.at(-1)
    const { knownHosts: files = [], hashKnownHosts: hashed = false } = last ?? {}
    this.#note = note ?? (() => {})
    this.#looksOnly = looksOnly
    this.#sudo = last?.user === 'root' ? undefined : sudo
    const accept = acceptNew ? { acceptNew: { hashed, note: this.#note } } : {}
    this.#login = {
      hostKeys: hostKeys ?? { kind: 'known-hosts', files, ...accept },
      seen: (hop, key) => {
        if (hop === last) this.#hostKey = shownKey(key)
      },
      ...(password === undefined ? {} : { password }),
    }
  }

  /** Does not connect yet: the first command does. @throws UsageError for an ssh configuration that cannot be followed */
  static open(options: SshOptions): SshShell {
    return new SshShell(options)
  }

  /** As whom one logs in, and whether commands are root's by sudo. */
  get who(): { readonly user: string; readonly sudo: boolean } {
    return { user: this.#route.at(-1)?.user ?? '', sudo: this.#isRoot }
  }

  /** By which the host proved who it is; known once there was a connection. */
  get hostKey(): HostKey | undefined {
    return this.#hostKey
  }

  /** Left out where changes are allowed; known when the first command is over. */
  get kernelNet(): KernelNet | undefined {
    return this.#looksOnly ? (this.#net ?? { holds: false, why: 'there is no bash' }) : undefined
  }

  /** What keeps this command from changing anything, as far as this shell can say. */
  netsOf(command: Command): readonly Net[] {
    return this.#looksOnly && this.#net?.holds && !command.unconfined ? ['reader', 'kernel'] : ['reader']
  }

  /** What may have refused something to this command, which has been run. */
  restraint(command: Command): Restraint | undefined {
    if (this.#looksOnly && this.#net?.holds) return command.unconfined ? undefined : 'net'
    // Without bash one becomes no other user.
    return this.#net?.why === NOT_ROOT || (this.who.user !== 'root' && !this.#isRoot) ? 'user' : undefined
  }

  async run(command: Command, limits: RunLimits): Promise<CommandResult> {
    if (this.#hasBash)
      try {
        return await this.#runByAgent(command, limits)
      } catch (error) {
        if (this.#hasBash) throw error
      }
    if (command.needsBash) throw bashNeeded(command)
    await using _channel = await this.#channels.take(limits.signal)
    return withHindrance(await this.#runInChannel(command, limits), this.restraint(command))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    await this.#framed.close()
    await this.#unconfined.close()
    const connection = await this.#connection.last()
    connection?.close()
  }

  async #runByAgent(command: Command, limits: RunLimits): Promise<CommandResult> {
    const isBeside = this.#looksOnly && command.unconfined && this.#net?.holds !== false
    if (isBeside) return this.#unconfined.run(command, limits)
    return withHindrance(await this.#framed.run(command, limits), this.restraint(command))
  }

  async #startAgent(budget: Duration, isConfined: boolean): Promise<Duplex> {
    await using _turn = await this.#starting.take()
    if (!this.#hasBash) throw connectionLost('the machine has no bash')
    if (this.#sudoSaid?.error) throw this.#sudoSaid.error
    const connection = await this.#connected(budget)
    const { loader, text } = isConfined ? confinedAgentLoad() : agentLoad()
    const hear = ({ stderr }: ClientChannel): void => {
      if (isConfined) hearNet(stderr, net => this.#hearNet(net))
    }
    if (this.#sudo && !(this.#sudoSaid && !this.#isRoot)) {
      const channel = await this.#startUnderSudo(connection, underSudo(loader, this.#sudo), this.#sudo, budget)
      if (channel) {
        hear(channel)
        channel.write(text)
        return inOnePacket(channel)
      }
    }
    const script = argv('exec', 'bash', '-c', loader).script
    return await connection.exec(script, Deadline.after(budget), channel => {
      hear(channel)
      channel.stderr.resume()
      channel.once('exit', (code: number | null) => {
        // 127 and 126: no bash to be found or to be run
        if (code === 127 || code === 126) this.#hasBash = false
      })
      channel.write(text)
      return inOnePacket(channel)
    })
  }

  #hearNet(net: KernelNet): void {
    const isNew = this.#net?.holds !== net.holds
    this.#net = net
    if (isNew && !net.holds)
      this.#note(`kept from changes by what its commands say, and not by its kernel too (${net.why})`)
  }

  /** Nothing when one goes on as the user one is. @throws EnvironmentBroken */
  async #startUnderSudo(connection: SshConnection, script: string, wish: SudoWish, budget: Duration) {
    const opened = await connection.exec(script, Deadline.after(budget), channel => ({
      channel,
      answer: becomeRoot(channel, wish),
    }))
    const { user, host } = this.#route.at(-1) ?? { user: '', host: '' }
    const answer = await withTimeout(opened.answer, budget, () => {
      opened.channel.destroy()
      const late = sudoRefused(`${user}@${host}`, 'sudo did not answer in time', wish)
      if (wish.password !== undefined) this.#sudoSaid = { error: late }
      return late
    })
    if (answer.is === 'lost') throw connectionLost('it ended while sudo was asked')
    if (answer.is === 'root') {
      this.#isRoot = true
      this.#sudoSaid = {}
      return opened.channel
    }
    if (wish.demanded || !answer.mayGoOn) {
      this.#sudoSaid = { error: sudoRefused(`${user}@${host}`, answer.reason, wish) }
      throw this.#sudoSaid.error
    }
    this.#sudoSaid = {}
    this.#note(`asked as ${user}, not as root (${answer.reason}); to demand it: ?sudo=yes`)
    return undefined
  }

  async #connected(budget: Duration): Promise<SshConnection> {
    if (this.#closed) throw connectionLost('the shell was closed')
    return this.#connection.get(() => SshConnection.open(this.#route, this.#login, budget))
  }

  async #runInChannel(command: Command, limits: RunLimits): Promise<CommandResult> {
    const deadline = Deadline.after(limits.attempt)
    const connection = await this.#connected(limits.attempt)
    const stop = new AbortController()
    const signal = limits.signal ? AbortSignal.any([limits.signal, stop.signal]) : stop.signal
    // the login's shell may be any: in fish, parentheses run what stands in them
    const { script } = argv('exec', 'sh', '-c', command.script)
    const result = connection.exec(script, deadline, channel => finish(channel, command, { ...limits, signal }))
    try {
      return await withTimeout(result, limits.attempt, () => commandCutOff(command, limits.attempt))
    } finally {
      stop.abort()
    }
  }
}

/** Of one stream, as the agent keeps them. */
const MOST_MEGABYTES = 64

/** What comes, as far as there is room. */
function kept(stream: Readable, flood: () => void): readonly Buffer[] {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > MOST_MEGABYTES * 1024 ** 2) flood()
    else chunks.push(chunk)
  })
  return chunks
}

function finish(channel: ClientChannel, command: Command, { stdin, signal }: RunLimits): Promise<CommandResult> {
  signal?.addEventListener('abort', () => {
    channel.signal('KILL')
    channel.destroy()
  })
  channel.end(stdin ?? Buffer.alloc(0))
  return new Promise((resolve, reject) => {
    const flood = (): void => {
      channel.destroy()
      reject(flooded(command, MOST_MEGABYTES))
    }
    const [stdout, stderr] = [kept(channel, flood), kept(channel.stderr, flood)]
    let exitCode: number | undefined
    channel.once('exit', (code: number | null, signalName?: string) => {
      exitCode = code ?? 128 + (SIGNALS[signalName ?? ''] ?? 0)
    })
    channel.once('close', () => {
      if (signal?.aborted) reject(signal.reason)
      else if (exitCode === undefined) reject(connectionLost('the channel was closed', command))
      else resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) })
    })
  })
}
