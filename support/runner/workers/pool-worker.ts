/** One worker of a pool: its process, what it has to do, and what was heard of that. */
import type { Envelope } from '@cucumber/messages'
import { deferred } from '../../core/deferred.ts'
import type { Progress, ProgressTask } from '../../core/progress.ts'
import type { AssembledScenario } from '../../cucumber/scenario-runtime.ts'
import type { WorkUnit } from '../../cucumber/selection/work-unit.ts'
import { ScenarioProgress } from './lost-scenario.ts'
import type { BeginMessage, FromWorker, RunMessage } from './protocol.ts'
import { type WorkerListener, WorkerProcess } from './worker-process.ts'

export class PoolWorker {
  readonly process: WorkerProcess
  readonly #progress: Progress
  readonly #tasks = new Map<number, ProgressTask>()
  readonly #documents = new Set<string>()
  #work: readonly ScenarioProgress[] = []
  readonly #ready = deferred<void>()
  #state: 'beginning' | 'idle' | 'busy' | 'finishing' = 'beginning'

  constructor(begin: Omit<BeginMessage, 'type'>, progress: Progress, ear: WorkerListener) {
    this.#progress = progress
    this.process = new WorkerProcess(begin.name, ear)
    this.process.tell({ type: 'begin', ...begin })
  }

  get state(): 'beginning' | 'idle' | 'busy' | 'finishing' {
    return this.#state
  }

  /** What it has in hand. */
  get scenarios(): readonly AssembledScenario[] {
    return this.#work.map(({ scenario }) => scenario)
  }

  /** What it has not finished: the first is under way. */
  get open(): readonly ScenarioProgress[] {
    return this.#work.filter(({ over }) => !over)
  }

  /** It has loaded what it needs; never, when it dies before. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  free(): void {
    this.#ready.resolve()
    this.#state = 'idle'
    this.#work = []
  }

  give(unit: WorkUnit<AssembledScenario>, failing: boolean): void {
    this.#state = 'busy'
    this.#work = unit.scenarios.map(scenario => new ScenarioProgress(scenario))
    const documents = unit.scenarios
      .map(({ gherkinDocument }) => gherkinDocument)
      .filter(({ uri = '' }) => !this.#documents.has(uri) && this.#documents.add(uri))
    const scenarios: RunMessage['scenarios'] = unit.scenarios.map(({ pickle, testCase }) => ({ pickle, testCase }))
    this.process.tell({ type: 'run', documents, scenarios, failing })
  }

  finish(): void {
    this.#state = 'finishing'
    this.process.tell({ type: 'finish' })
  }

  heard(envelope: Envelope): void {
    this.#work.some(heard => heard.accept(envelope))
  }

  task({ id, event, text }: FromWorker & { type: 'task' }): void {
    if (event === 'start') this.#tasks.set(id, this.#progress.start(`[${this.process.name}] ${text ?? ''}`))
    if (event === 'update') this.#tasks.get(id)?.update(text ?? '')
    if (event === 'done') this.#tasks.get(id)?.done(text)
    if (event === 'done') this.#tasks.delete(id)
  }

  /** It is gone: nothing of it goes on. */
  gone(): void {
    for (const task of this.#tasks.values()) task.done('ended')
  }
}
