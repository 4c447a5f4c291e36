import { randomInt } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Command, CommandResult } from '../core/command.ts'
import type { ConnectionLost } from '../core/errors.ts'
import type { Clock } from '../core/time/clock.ts'
import { Deadline } from '../core/time/deadline.ts'
import { type Duration, formatDuration, milliseconds, minutes, seconds } from '../core/time/duration.ts'
import { withTimeout } from '../core/time/with-timeout.ts'
import { commandCutOff, connectionLost, flooded, maimed } from './command-errors.ts'
import { type Done, encodeCut, encodeHello, encodeReset, encodeRun, FrameReader, type Hello } from './framing.ts'
import type { RunLimits } from './shell.ts'

interface Waiting {
  readonly command: Command
  resolve(done: Done): void
  reject(error: Error): void
}

/** How long after its bound an answer may still be on its way before the agent is asked whether it lives. */
const ABORT_GRACE = seconds(3)
const RESYNC = seconds(5)
/** An answer that is coming in has so long beside the command's bound: 64 MiB over a line of two megabits. One that trickles ends here, too. */
const INCOMING = minutes(5)

/** One connection to an agent: many commands at once, each with its id. When it is lost it stays lost. */
export class AgentSession {
  readonly #stream: Duplex
  readonly #clock: Clock
  readonly #reader = new FrameReader()
  readonly #waiting = new Map<number, Waiting>()
  readonly #greeted = new Set<(hello: Hello) => void>()
  /** Unlike those of an earlier session: an agent that was told to reset answers what that one had asked. */
  #count = randomInt(2 ** 30)
  #received = 0
  #bootId: string | undefined
  #lost: ConnectionLost | undefined

  constructor(stream: Duplex, clock: Clock) {
    this.#stream = stream
    this.#clock = clock
    stream.on('data', (chunk: Buffer) => this.#receive(chunk))
    stream.on('error', error => this.close(error.message))
    stream.on('close', () => this.close('the other end closed the connection'))
    stream.on('end', () => this.close('the other end closed the connection'))
  }

  get lost(): boolean {
    return this.#lost !== undefined
  }

  /** Cuts off what an earlier runner left running. */
  reset(): void {
    this.#write(encodeReset())
  }

  /** Asks who is there, again and again, since a machine that boots listens late. */
  async hello(budget: Duration): Promise<Hello> {
    const nonce = `${process.pid}.${++this.#count}.${Math.random().toString(36).slice(2)}`
    const asking = new AbortController()
    this.#reader.await(nonce)
    try {
      const answer = this.greeting(hello => hello.asked === nonce)
      void this.#askUntil(asking.signal, encodeHello(nonce))
      return await withTimeout(
        answer,
        budget,
        () => connectionLost(`there was no answer from the other end within ${formatDuration(budget)}`),
        this.#clock,
      )
    } finally {
      asking.abort()
    }
  }

  /** The first word of the agent, asked for or not, that is what one waits for. */
  greeting(wanted: (hello: Hello) => boolean): Promise<Hello> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost)
    return new Promise((resolve, reject) => {
      const listener = (hello: Hello): void => {
        if (!wanted(hello)) return
        this.#greeted.delete(listener)
        this.#stream.off('close', gone)
        resolve(hello)
      }
      const gone = (): void => reject(this.#lost ?? connectionLost('the other end closed the connection'))
      this.#greeted.add(listener)
      this.#stream.once('close', gone)
    })
  }

  async run(command: Command, limits: RunLimits): Promise<CommandResult> {
    limits.signal?.throwIfAborted()
    const id = ++this.#count
    const answer = new Promise<Done>((resolve, reject) => this.#waiting.set(id, { command, resolve, reject }))
    const abort = (): void => {
      this.#write(encodeCut(id))
      this.#waiting.get(id)?.reject(limits.signal?.reason)
    }
    limits.signal?.addEventListener('abort', abort, { once: true })
    try {
      this.#write(encodeRun(id, limits.attempt.ms, command.script, limits.stdin))
      return await this.#settle(command, limits.attempt, answer, id)
    } finally {
      limits.signal?.removeEventListener('abort', abort)
      this.#waiting.delete(id)
    }
  }

  close(reason: string): void {
    if (this.#lost !== undefined) return
    this.#lost = connectionLost(reason)
    this.#stream.destroy()
    this.#forsake(reason)
  }

  async #settle(command: Command, bound: Duration, answer: Promise<Done>, id: number): Promise<CommandResult> {
    const done = await this.#await(answer, milliseconds(bound.ms + ABORT_GRACE.ms), id)
    if (done === undefined || done.outcome === 'cut') throw commandCutOff(command, bound, done?.stdout)
    if (done.outcome === 'flood') throw flooded(command, 64)
    if (done.outcome === 'maimed') throw maimed(command)
    return { exitCode: done.outcome, stdout: done.stdout, stderr: done.stderr }
  }

  /** The answer; undefined when it is overdue though the agent lives. Output that still flows is waited for, and not for ever. */
  async #await(answer: Promise<Done>, budget: Duration, id: number): Promise<Done | undefined> {
    const late = new Error('late')
    const end = Deadline.after(milliseconds(budget.ms + INCOMING.ms), this.#clock)
    let patience = budget
    for (;;) {
      const before = this.#received
      try {
        return await withTimeout(answer, patience, () => late, this.#clock)
      } catch (error) {
        if (error !== late) throw error
      }
      patience = ABORT_GRACE
      if (this.#received > before && budget.ms > 0 && !end.expired) continue
      await this.#resynchronise(id)
      return undefined
    }
  }

  /** One try to find each other again; when it fails, the connection is given up. */
  async #resynchronise(id: number): Promise<void> {
    this.#write(encodeCut(id))
    try {
      await this.hello(RESYNC)
    } catch (error) {
      this.close('the machine does not answer any more')
      throw error
    }
  }

  async #askUntil(signal: AbortSignal, question: Buffer): Promise<void> {
    while (!signal.aborted && !this.lost) {
      this.#write(question)
      await this.#clock.wait(seconds(1), signal).catch(() => {})
    }
  }

  /** What is asked in one turn of the event loop travels in one packet, on streams that have such. Each frame is a write of its own. */
  #write(bytes: Buffer): void {
    if (this.#lost !== undefined) throw this.#lost
    this.#stream.cork()
    this.#stream.write(bytes)
    setImmediate(() => this.#stream.uncork())
  }

  #receive(chunk: Buffer): void {
    this.#received += chunk.length
    for (const frame of this.#reader.push(chunk))
      if (frame.kind === 'done') this.#waiting.get(frame.id)?.resolve(frame)
      else this.#greet(frame)
  }

  #greet(hello: Hello): void {
    if (this.#bootId !== undefined && this.#bootId !== hello.bootId) this.#forsake('the machine was booted anew')
    else if (hello.asked === 'start') this.#forsake('the agent in the machine was started anew')
    this.#bootId = hello.bootId
    for (const listener of [...this.#greeted]) listener(hello)
  }

  /** What was asked so far will get no answer. */
  #forsake(reason: string): void {
    for (const { command, reject } of this.#waiting.values()) reject(connectionLost(reason, command))
    this.#waiting.clear()
  }
}
