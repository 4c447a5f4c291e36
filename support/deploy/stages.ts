/** A deployment in stages, each of which knows what is true of the target when it fails. */
import { writeSync } from 'node:fs'
import { errorFor, NixcumberError } from '../core/errors.ts'
import type { Progress, ProgressTask } from '../core/progress.ts'
import { rows } from '../core/text/text.ts'
import { formatDuration, milliseconds } from '../core/time/duration.ts'

export interface Stage<T> {
  /** One word or two: `copy`. */
  readonly name: string
  /** What it does to the target: `copies the closure of the system into its store`. */
  readonly does: string
  /** What is true of the target when it fails or is ended in between: `nothing was changed`. */
  readonly otherwise: string
  run(task: ProgressTask): Promise<T>
}

export interface StageLine {
  readonly stage: string
  readonly target: string
  /** ISO. */
  readonly time: string
  /** Of a stage that begins. */
  readonly does?: string
  readonly otherwise?: string
  /** Of one that is over. */
  readonly milliseconds?: number
  readonly error?: string
}

interface Surroundings {
  /** As the reader knows it: `t14 (ssh://root@192.0.2.4)`. */
  readonly target: string
  readonly progress: Progress
  /** Appends to audit.ndjson; a stage that cannot be written down does not begin. */
  tell(line: StageLine): void
}

export class Stages implements Disposable {
  readonly #around: Surroundings
  #current: Pick<Stage<unknown>, 'name' | 'otherwise'> | undefined
  /** Also where the process is ended by a signal that can be heard; of kill -9 the log has what began. */
  readonly #atExit = (): void => this.#ended()

  constructor(around: Surroundings) {
    this.#around = around
    process.on('exit', this.#atExit)
  }

  [Symbol.dispose](): void {
    process.off('exit', this.#atExit)
  }

  /** @throws the error of the stage, with the state of the target; the exit code stays */
  async go<T>(stage: Stage<T>): Promise<T> {
    const { name, does, otherwise } = stage
    const start = performance.now()
    this.#tell(name, { does, otherwise })
    this.#current = stage
    const task = this.#around.progress.start(`${name}: ${does}`)
    try {
      const result = await stage.run(task)
      this.#tell(name, { milliseconds: since(start) })
      task.done(`${name}: done in ${formatDuration(milliseconds(since(start)))}`)
      return result
    } catch (error) {
      task.done(`${name}: failed`)
      this.#tell(name, { milliseconds: since(start), error: firstLine(error), otherwise })
      throw this.#failed(stage, error)
    } finally {
      this.#current = undefined
    }
  }

  #tell(stage: string, rest: Omit<StageLine, 'stage' | 'target' | 'time'>): void {
    this.#around.tell({ stage, target: this.#around.target, time: new Date().toISOString(), ...rest })
  }

  #failed({ name, otherwise }: Pick<Stage<unknown>, 'name' | 'otherwise'>, error: unknown): unknown {
    const state = rows({ Stage: name, Target: `${this.#around.target}: ${otherwise}` })
    // Of a fault of ours its place is told, and the target all the same.
    if (!(error instanceof NixcumberError)) {
      writeSync(process.stderr.fd, state)
      return error
    }
    return errorFor(error.exitCode, `${error.message.trimEnd()}\n${state}`.trimEnd(), { cause: error })
  }

  #ended(): void {
    if (this.#current === undefined) return
    const { name, otherwise } = this.#current
    const said = `Ended while ${name} was under way`
    writeSync(process.stderr.fd, `\n${said}\n${rows({ Target: `${this.#around.target}: ${otherwise}` })}`)
    this.#tell(name, { error: said, otherwise })
  }
}

const since = (start: number): number => Math.round(performance.now() - start)

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.trim() ?? ''
