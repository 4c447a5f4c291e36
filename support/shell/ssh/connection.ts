import type { Duplex } from 'node:stream'
import ssh2, { type Client, type ClientChannel, type ConnectConfig } from 'ssh2'
import { deferred } from '../../core/deferred.ts'
import { ConnectionLost, EnvironmentBroken } from '../../core/errors.ts'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, milliseconds, seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import { translate, unreachable } from './connection-messages.ts'
import { judgeHostKey, knownTypes } from './host-key.ts'
import { type Login, methods } from './login.ts'
import type { Hop } from './route.ts'

const KEEPALIVE = seconds(5)
const CHANNEL_FREE = milliseconds(50)

/** A connection to the last hop through those before it; closing it closes them all. */
export class SshConnection {
  readonly #clients: readonly Client[]
  readonly #client: Client
  #open = true

  private constructor(clients: readonly Client[], client: Client) {
    this.#clients = clients
    this.#client = client
    for (const one of clients) one.on('close', () => this.close()).on('error', () => this.close())
  }

  /** @throws ConnectionLost when there is no answer yet; EnvironmentBroken when key or login is refused */
  static async open(route: readonly Hop[], login: Login, budget: Duration): Promise<SshConnection> {
    const deadline = Deadline.after(budget)
    const clients: Client[] = []
    try {
      let through: Duplex | undefined
      for (const [index, hop] of route.entries()) {
        const last = index === route.length - 1
        const seen = login.seen ? { seen: login.seen } : {}
        const jump: Login = { hostKeys: { kind: 'known-hosts', files: hop.knownHosts }, ...seen }
        const client = await connect(hop, last ? login : jump, through, deadline)
        clients.push(client)
        const next = route[index + 1]
        if (next === undefined) return new SshConnection(clients, client)
        const late = (): Error =>
          new ConnectionLost(`${hop.name} does not say whether it reaches ${next.host}:${next.port}`)
        through = await withTimeout(forward(client, hop, next), deadline.remaining, late)
      }
      throw new EnvironmentBroken('A route without a machine at its end')
    } catch (error) {
      for (const client of clients) leave(client)
      throw error
    }
  }

  get open(): boolean {
    return this.#open
  }

  /**
   * A channel, as soon as the server has one to give (MaxSessions). It is used at once, not a tick later: everything up to its
   * end may already have arrived in the same packet.
   * @throws ConnectionLost
   */
  async exec<T>(script: string, deadline: Deadline, use: (channel: ClientChannel) => T): Promise<Awaited<T>> {
    // What has begun is not begun again, however it ends.
    let hasBegun = false
    const begin = (channel: ClientChannel): T => {
      hasBegun = true
      return use(channel)
    }
    for (;;)
      try {
        return await this.#exec(script, deadline, begin)
      } catch (error) {
        if (hasBegun || !this.#open || deadline.expired) throw error
        await systemClock.wait(CHANNEL_FREE)
      }
  }

  /** It keeps the connection alive, and has no word for what it is asked. */
  #silent(): ConnectionLost {
    this.close()
    return new ConnectionLost('The ssh server did not say in time whether it opens a channel')
  }

  #exec<T>(script: string, { remaining }: Deadline, use: (channel: ClientChannel) => T): Promise<Awaited<T>> {
    return new Promise((resolve, reject) => {
      if (!this.#open) return reject(new ConnectionLost('The ssh connection was closed'))
      const answered = deferred<void>()
      const gone = (): void => {
        answered.resolve()
        reject(new ConnectionLost('The ssh connection was closed'))
      }
      this.#client.once('close', gone)
      this.#client.exec(script, (error, channel) => {
        answered.resolve()
        this.#client.off('close', gone)
        if (error) reject(new ConnectionLost(`The ssh server opened no channel: ${error.message}`))
        else resolve(use(channel) as Awaited<T>)
      })
      withTimeout(answered.promise, remaining, () => this.#silent()).catch(reject)
    })
  }

  close(): void {
    this.#open = false
    for (const client of this.#clients) leave(client)
  }
}

/** With a goodbye. A host that has fallen silent never acknowledges it, and the kernel would try for a quarter of an hour. */
function leave(client: Client): void {
  // ssh2 1.17 destroys no socket that was ended before.
  const { _sock: socket } = client as unknown as { readonly _sock?: Duplex }
  client.end()
  setImmediate(() => socket?.destroy())
}

function connect(hop: Hop, login: Login, sock: Duplex | undefined, deadline: Deadline): Promise<Client> {
  const client = new ssh2.Client()
  // Each channel that is being opened listens for the end of the connection.
  client.setMaxListeners(0)
  let refusal: EnvironmentBroken | undefined
  const config: ConnectConfig = {
    host: hop.host,
    port: hop.port,
    username: hop.user,
    readyTimeout: Math.max(1, deadline.remaining.ms),
    keepaliveInterval: KEEPALIVE.ms,
    keepaliveCountMax: 3,
    authHandler: methods(hop, login),
    algorithms: { serverHostKey: { prepend: knownTypes(hop, login.hostKeys) as never[], append: [], remove: [] } },
    hostVerifier: (key: Buffer) => {
      refusal = judgeHostKey(key, hop, login.hostKeys)
      if (refusal === undefined) login.seen?.(hop, key)
      return refusal === undefined
    },
    ...(sock === undefined ? {} : { sock }),
  }
  return new Promise((resolve, reject) => {
    client.once('ready', () => {
      // without it Nagle's algorithm and delayed acknowledgements cost 44 ms a command
      client.setNoDelay(true)
      resolve(client)
    })
    client.on('error', error => reject(refusal ?? translate(error, hop, login, deadline)))
    client.once('close', () => reject(refusal ?? unreachable(hop, 'the connection was closed', deadline)))
    client.on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) =>
      answer(prompts.map(() => login.password ?? '')),
    )
    try {
      client.connect(config)
    } catch (error) {
      reject(error)
    }
  })
}

function forward(client: Client, hop: Hop, next: Hop): Promise<Duplex> {
  return new Promise((resolve, reject) =>
    client.forwardOut('127.0.0.1', 0, next.host, next.port, (error, channel) => {
      if (error) reject(new ConnectionLost(`${hop.name} cannot reach ${next.host}:${next.port}: ${error.message}`))
      else resolve(channel)
    }),
  )
}
