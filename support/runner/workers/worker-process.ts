/** One worker as the coordinator sees it: a process that is told things, tells things, and ends. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '../../core/time/clock.ts'
import { dieWithRunner } from '../../machine/runtime/process-group.ts'
import { type FromWorker, SHUTDOWN_TIMEOUT, type ToWorker } from './protocol.ts'

const PROGRAM = join(import.meta.dirname, '../../../bin/worker.js')
const OUTPUT_TAIL_CHARS = 5

export interface WorkerListener {
  onMessage(message: FromWorker): void
  /** A line that a step printed. */
  onOutput(line: string): void
}

export class WorkerProcess {
  readonly name: string
  readonly #child: ChildProcess
  /** Said last on its output, for when it dies. */
  readonly #lines: string[] = []
  /** `killed by SIGKILL` or `exit code 134`, when it is gone and everything it said was heard. */
  readonly ended: Promise<string>

  constructor(name: string, ear: WorkerListener) {
    this.name = name
    // A worker whose step holds it would not hear that we are gone.
    const [execPath = process.execPath, ...execArgv] = [...dieWithRunner(), process.execPath]
    this.#child = fork(PROGRAM, [], { execPath, execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true })
    this.#child.on('message', message => ear.onMessage(message as FromWorker))
    this.#child.on('error', () => {})
    for (const stream of [this.#child.stdout, this.#child.stderr])
      if (stream)
        createInterface(stream).on('line', line => {
          this.#lines.push(line)
          this.#lines.splice(0, this.#lines.length - OUTPUT_TAIL_CHARS)
          ear.onOutput(line)
        })
    this.ended = once(this.#child, 'close').then(
      ([code, signal]: (number | string | null)[]) => (signal === null ? `exit code ${code}` : `killed by ${signal}`),
      (error: Error) => `it could not be started: ${error.message}`,
    )
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  get lastWords(): string {
    return this.#lines.join('\n')
  }

  tell(message: ToWorker): void {
    // One that is gone is reported by `ended`.
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  /** Ends it in good order, or after a while by force: a step may hold its process so that it hears nothing. */
  async stop(): Promise<void> {
    this.tell({ type: 'stop' })
    const ended = new AbortController()
    const bound = systemClock.wait(SHUTDOWN_TIMEOUT.coordinator, ended.signal).then(
      () => this.#child.kill('SIGKILL'),
      () => {},
    )
    await this.ended
    ended.abort()
    await bound
  }
}
