/** A worker of a parallel run: a process with steps, machines and a cucumber of its own, that gets units of scenarios to run. */

import { inspect } from 'node:util'
import type { GherkinDocument } from '@cucumber/messages'
import { NixcumberError } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { systemClock } from '../../core/time/clock.ts'
import { loadSuite } from '../../cucumber/loading/load-suite.ts'
import { adoptIds, openRuntime, type ScenarioRuntime } from '../../cucumber/scenario-runtime.ts'
import { composeContext, type OwnedContext } from '../../world/compose.ts'
import { provideContext } from '../../world/context.ts'
import { readHandedFiles } from '../../world/secrets/handed-files.ts'
import { exitWords, guardExit } from '../exit-guard.ts'
import { type BeginMessage, type FromWorker, type RunMessage, SHUTDOWN_TIMEOUT, type ToWorker } from './protocol.ts'
import { remoteProgress, remoteRecord } from './remote.ts'

export function work(): void {
  const worker = new Worker()
  // The coordinator tells its last lines with the scenario that it had.
  guardExit(place => {
    console.error(exitWords(place))
    return 3
  })
  process.on('message', (message: ToWorker) => worker.take(message))
  // The coordinator is gone, in whatever way.
  process.on('disconnect', () => worker.leave(3))
  // The terminal tells all of us; what becomes of it is the coordinator's to say.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  process.on('SIGTERM', () => worker.leave(143))
  // Node ends when nothing can happen any more, though a step still waits.
  process.on('beforeExit', () => worker.stuck())
}

class Worker {
  #context: OwnedContext | undefined
  #runtime: ScenarioRuntime | undefined
  /** By uri. */
  readonly #documents = new Map<string, GherkinDocument>()
  #leaving = false

  async take(message: ToWorker): Promise<void> {
    try {
      if (message.type === 'begin') await this.#begin(message)
      if (message.type === 'run') await this.#run(message)
      if (message.type === 'finish') await this.#finish()
      if (message.type === 'stop') await this.leave(0)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      const fault = error instanceof NixcumberError ? { exitCode: error.exitCode } : {}
      await tellAtLast({ type: 'broken', message: text, stack: inspect(error), ...fault })
      await this.leave(3)
    }
  }

  async stuck(): Promise<void> {
    if (this.#leaving) return
    await tellAtLast({ type: 'stuck' })
    await this.leave(3)
  }

  async leave(exitCode: number): Promise<void> {
    if (this.#leaving) return
    this.#leaving = true
    this.#context?.facts.giveUp()
    // The watchdog of the state directory takes what is left.
    await Promise.race([this.#context?.[Symbol.asyncDispose](), systemClock.wait(SHUTDOWN_TIMEOUT.worker)])
    process.exit(exitCode)
  }

  async #begin({ name, suite, settings, folder, testRunStartedId, ids }: BeginMessage): Promise<void> {
    const { support, configuration } = await loadSuite(suite)
    adoptIds(support, ids)
    const part = `worker-${name}`
    const progress: Progress = remoteProgress(tell)
    // The run has told and refused what is to be told and refused of them.
    const handed = readHandedFiles(settings.machines, { env: process.env, used: [], note() {} })
    this.#context = composeContext({ settings, progress, record: remoteRecord(tell, folder, part), part, handed })
    provideContext(this.#context)
    this.#runtime = openRuntime({
      testRunStartedId,
      name,
      options: configuration.runtime,
      support,
      onMessage: envelope => tell({ type: 'envelope', envelope }),
    })
    await this.#runtime.runBeforeAllHooks()
    tell({ type: 'ready' })
  }

  async #run({ documents, scenarios, failing }: RunMessage): Promise<void> {
    for (const document of documents) this.#documents.set(document.uri ?? '', document)
    // While a step runs, waiting for orders keeps no process alive: so it shows when the step waits for nothing.
    process.channel?.unref()
    let held = true
    for (const { pickle, testCase } of scenarios) {
      const gherkinDocument = this.#documents.get(pickle.uri)
      if (!this.#runtime || !gherkinDocument) throw new Error('Asked to run what it was not told about')
      held = (await this.#runtime.runTestCase({ gherkinDocument, pickle, testCase }, failing || !held)) && held
    }
    process.channel?.ref()
    tell({ type: 'done', held })
  }

  async #finish(): Promise<void> {
    await this.#runtime?.runAfterAllHooks()
    await this.#context?.[Symbol.asyncDispose]()
    this.#context = undefined
    await tellAtLast({ type: 'bye', peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024) })
    await this.leave(0)
  }
}

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message, () => {})
}

/** Before the process ends: what is on its way must have gone. */
const tellAtLast = (message: FromWorker): Promise<void> =>
  new Promise(resolve => {
    if (process.connected) process.send?.(message, () => resolve())
    else resolve()
  })
