/** The workers of one run: who does what, what becomes of it, and what when one of them dies. */

import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { type Envelope, type Pickle, TimeConversion } from '@cucumber/messages'
import { errorFor } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { Semaphore } from '../../core/semaphore.ts'
import type { AssembledScenario } from '../../cucumber/scenario-runtime.ts'
import type { WorkUnit } from '../../cucumber/selection/work-unit.ts'
import type { RunRecord } from '../../record/run/run-record.ts'
import { idleCores } from './idle-cores.ts'
import { type Ending, ScenarioProgress } from './lost-scenario.ts'
import { died, diedBefore, neverBegan } from './messages.ts'
import { PoolWorker } from './pool-worker.ts'
import type { BeginMessage, FromWorker } from './protocol.ts'

export interface WorkerPoolPlan {
  readonly begin: Omit<BeginMessage, 'type' | 'name'>
  readonly size: number
  /** In the order in which they are to be begun. */
  readonly units: readonly WorkUnit<AssembledScenario>[]
  readonly failFast: boolean
  /** `setParallelCanAssign` of the project: whether a scenario may run beside those. */
  mayRunBeside(scenario: Pickle, others: Pickle[]): boolean
  readonly progress: Progress
  readonly record: RunRecord
  accept(envelope: Envelope): void
  print(line: string): void
}

/** Workers that die before they can do anything: a third would not fare better. */
const MAX_FAILED_STARTS = 2
/** Of a core. */
const MIN_IDLE_CORES = 0.5

export class WorkerPool implements AsyncDisposable {
  readonly #plan: WorkerPoolPlan
  readonly #queue: WorkUnit<AssembledScenario>[]
  readonly #workers = new Set<PoolWorker>()
  readonly #slots = new Semaphore(availableParallelism())
  #failing = false
  #stopping = false
  /** What a worker said was wrong with it. */
  readonly #broken = new Map<PoolWorker, Error>()
  /** Most memory that the workers held, MiB, each at its own peak. */
  peakMemoryMiB = 0

  constructor(plan: WorkerPoolPlan) {
    this.#plan = plan
    this.#queue = [...plan.units]
  }

  /**
   * Resolves when every unit was run or given up, and all workers are gone; true when everything held.
   * @throws what a hook of the whole run threw
   */
  async run(): Promise<boolean> {
    const size = Math.min(this.#plan.size, this.#queue.length)
    await Promise.all(Array.from({ length: size }, (_, i) => this.#place(`${i + 1}`)))
    // The signal that stops the pool says how the run ends.
    if (this.#stopping) return new Promise(() => {})
    const [broken] = this.#broken.values()
    if (broken) throw broken
    return !this.#failing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true
    await Promise.all([...this.#workers].map(({ process }) => process.stop()))
  }

  /** One place in the pool: a worker, and the one that replaces it when it dies. */
  async #place(name: string): Promise<void> {
    for (let falseStarts = 0; falseStarts < MAX_FAILED_STARTS; ) {
      const worker = await this.#spawn(name)
      if (!worker) return
      const how = await worker.process.ended
      const begun = worker.state !== 'beginning'
      this.#workers.delete(worker)
      worker.gone()
      if (this.#stopping || this.#broken.size > 0) return
      this.#lose(worker, how)
      if (!begun) falseStarts += 1
      if (falseStarts === MAX_FAILED_STARTS && this.#workers.size === 0) this.#giveUp(neverBegan(worker.process, how))
      if (this.#queue.length === 0) return
    }
  }

  /** Loading steps keeps a core busy: with more workers than cores the first would begin no sooner than the last. */
  async #spawn(name: string): Promise<PoolWorker | undefined> {
    if (Number(name) > availableParallelism()) await this.#untilUseful()
    await using _ = await this.#slots.take()
    if (this.#stopping || this.#queue.length === 0) return undefined
    const worker: PoolWorker = new PoolWorker({ name, ...this.#plan.begin }, this.#plan.progress, {
      onMessage: message => {
        if (!this.#stopping) this.#hear(worker, message)
      },
      onOutput: line => this.#plan.print(`[${name}] ${line}`),
    })
    this.#workers.add(worker)
    await Promise.race([worker.ready, worker.process.ended])
    return worker
  }

  /** More workers than cores help only as long as cores are idle: with scenarios that wait. */
  async #untilUseful(): Promise<void> {
    const wanted = (): boolean => !this.#stopping && this.#queue.length > 0
    while (wanted() && (await idleCores()) < MIN_IDLE_CORES);
  }

  #hear(worker: PoolWorker, message: FromWorker): void {
    const { accept, progress, record } = this.#plan
    if (message.type === 'ready') this.#free(worker)
    if (message.type === 'envelope') {
      worker.heard(message.envelope)
      accept(message.envelope)
    }
    if (message.type === 'done') {
      this.#failing ||= !message.held
      this.#free(worker)
    }
    if (message.type === 'task') worker.task(message)
    if (message.type === 'note') (message.shown ? progress : record).note(message.text)
    if (message.type === 'flake') record.flake(message.facts)
    if (message.type === 'toplevel') record.toplevel(message.host, message.path)
    if (message.type === 'machine') record.machine(message.name, message.facts)
    if (message.type === 'size') record.size(message.name, message.size, message.scenario)
    if (message.type === 'differences') record.differences(message.name, message.differences)
    if (message.type === 'stuck') this.#lose(worker, 'stuck')
    if (message.type === 'broken') this.#broken.set(worker, broken(message))
    if (message.type === 'bye') this.peakMemoryMiB += message.peakMemoryMiB
  }

  #free(worker: PoolWorker): void {
    worker.free()
    this.#dispatch()
  }

  /** Gives work to idle workers; without any left they finish. */
  #dispatch(): void {
    if (this.#failing && this.#plan.failFast) this.#leaveOut()
    for (const worker of this.#workers) {
      if (worker.state !== 'idle') continue
      const unit = this.#next()
      if (unit) worker.give(unit, this.#failing)
      else if (this.#queue.length === 0) worker.finish()
    }
  }

  /** The first that may run beside what runs now; when nothing runs, the first. */
  #next(): WorkUnit<AssembledScenario> | undefined {
    const busy = [...this.#workers].flatMap(({ scenarios }) => scenarios.map(({ pickle }) => pickle))
    const fits = ({ scenarios }: WorkUnit<AssembledScenario>): boolean =>
      busy.length === 0 || scenarios.every(({ pickle }) => this.#plan.mayRunBeside(pickle, busy))
    const at = this.#queue.findIndex(fits)
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0]
  }

  /** A worker is gone. What it had not finished could not be checked; what was finished, by whomever, stays. */
  #lose(worker: PoolWorker, how: string): void {
    const { process, open } = worker
    for (const [at, heard] of open.entries())
      this.#say(heard.lost(at === 0 ? died(process, how, heard.scenario) : diedBefore(process), ending()))
    this.#failing ||= open.length > 0
    this.#workers.delete(worker)
    if (open.length > 0) worker.free()
    this.#dispatch()
  }

  #giveUp(why: string): void {
    for (const { scenarios } of this.#queue.splice(0))
      for (const scenario of scenarios) this.#say(new ScenarioProgress(scenario).lost(why, ending()))
    this.#failing = true
  }

  #leaveOut(): void {
    for (const { scenarios } of this.#queue.splice(0))
      for (const scenario of scenarios) this.#say(new ScenarioProgress(scenario).leftOut(ending()))
  }

  #say(envelopes: readonly Envelope[]): void {
    for (const envelope of envelopes) this.#plan.accept(envelope)
  }
}

/** With the stack it had over there, and what caused it. */
function broken({ message, stack, exitCode }: FromWorker & { type: 'broken' }): Error {
  if (exitCode !== undefined) return errorFor(exitCode, message)
  const error = new Error(message)
  error.stack = stack
  return error
}

const ending = (): Ending => ({
  now: TimeConversion.millisecondsSinceEpochToTimestamp(Date.now()),
  newId: randomUUID,
})
