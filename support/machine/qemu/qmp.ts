import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type Deferred, deferred } from '../../core/deferred.ts'
import { ConnectionLost, EnvironmentBroken } from '../../core/errors.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { formatDuration, seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import { connectUnix } from './connect-socket.ts'

/** Something QEMU tells by itself: RESET, SHUTDOWN, STOP … with its data. */
export interface QmpEvent {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

const message = z.union([
  z.object({ QMP: z.unknown() }),
  z.object({ id: z.number(), return: z.unknown() }),
  z.object({ id: z.number().optional(), error: z.object({ class: z.string(), desc: z.string() }) }),
  z.object({ event: z.string(), data: z.record(z.string(), z.unknown()).default({}) }),
])

/** QEMU answers at once; one that is stopped, or whose computer has stopped, does not. */
const COMMAND_TIMEOUT = seconds(60)

interface Pending {
  readonly command: string
  readonly answer: Deferred<unknown>
}

/**
 * QEMU's machine protocol over its unix socket (docs/interop/qmp-spec). One client at a time is QEMU's own limit.
 * Every failure is an `EnvironmentBroken`: QEMU is a tool here, never what is judged.
 */
export class Qmp implements Disposable {
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Set<(event: QmpEvent) => void>()
  readonly #greeting = deferred<void>()
  readonly #gone = deferred<void>()
  #nextId = 1
  #closed = false

  private constructor(socket: Socket) {
    this.#socket = socket
    // Without an error handler on both, QEMU's way to end a connection (ECONNRESET on quit) would end the runner.
    socket.on('error', () => {})
    const lines = createInterface({ input: socket })
    lines.on('error', () => {})
    lines.on('line', line => this.#receive(line))
    socket.on('close', () => this.#end())
  }

  /** Connects as soon as QEMU listens, and leaves the negotiation mode. */
  static async connect(socketPath: string, deadline: Deadline, signal?: AbortSignal): Promise<Qmp> {
    const socket = await connectUnix(socketPath, deadline, signal)
    const giveUp = (): void => void socket.destroy()
    signal?.addEventListener('abort', giveUp)
    try {
      // It listens before its main loop runs; one that hangs in between never greets.
      return await withTimeout(Qmp.over(socket), deadline.remaining, () => silent('to a connection', deadline.budget))
    } catch (error) {
      socket.destroy()
      throw signal?.aborted ? signal.reason : error
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  /** For a socket that is connected already. */
  static async over(socket: Socket): Promise<Qmp> {
    const qmp = new Qmp(socket)
    await qmp.#greeting.promise
    await qmp.execute('qmp_capabilities')
    return qmp
  }

  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (this.#closed) return Promise.reject(gone(command))
    const id = this.#nextId++
    const answer = deferred<unknown>()
    this.#pending.set(id, { command, answer })
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`)
    return withTimeout(answer.promise, COMMAND_TIMEOUT, () => silent(command))
  }

  /** As `execute`, with the answer parsed. */
  async ask<T>(schema: z.ZodType<T>, command: string, args?: Readonly<Record<string, unknown>>): Promise<T> {
    const answer = schema.safeParse(await this.execute(command, args))
    if (answer.success) return answer.data
    throw new EnvironmentBroken(`QEMU answered ${command} in a form we do not know: ${answer.error.message}`)
  }

  /** A line of the human monitor, for the few things QMP does not have (hostfwd_add). */
  human(line: string): Promise<string> {
    return this.ask(z.string(), 'human-monitor-command', { 'command-line': line })
  }

  /** Calls the listener for each event until it is taken off again by the returned function. */
  listen(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves when the connection has ended, however. */
  get gone(): Promise<void> {
    return this.#gone.promise
  }

  get closed(): boolean {
    return this.#closed
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
    this.#end()
  }

  #receive(line: string): void {
    const parsed = message.safeParse(readJson(line))
    if (!parsed.success) return
    const said = parsed.data
    if ('QMP' in said) this.#greeting.resolve()
    else if ('event' in said) for (const listener of [...this.#listeners]) listener(said)
    else this.#settle(said)
  }

  #settle(said: { id?: number | undefined; return?: unknown; error?: { desc: string } }): void {
    const pending = this.#pending.get(said.id ?? 0)
    if (!pending) return
    this.#pending.delete(said.id ?? 0)
    if (said.error) pending.answer.reject(refused(pending.command, said.error.desc))
    else pending.answer.resolve(said.return)
  }

  #end(): void {
    this.#closed = true
    this.#gone.resolve()
    this.#greeting.reject(gone('its greeting'))
    for (const { command, answer } of this.#pending.values()) answer.reject(gone(command))
    this.#pending.clear()
  }
}

const silent = (command: string, patience = COMMAND_TIMEOUT): EnvironmentBroken =>
  new EnvironmentBroken(`QEMU did not answer ${command} within ${formatDuration(patience)}: it hangs`)
const gone = (command: string): ConnectionLost => new ConnectionLost(`QEMU closed its QMP socket before ${command}`)
const refused = (command: string, reason: string): EnvironmentBroken =>
  new EnvironmentBroken(`QEMU refused ${command}: ${reason}`)

function readJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
