/**
 * The part of cucumber that runs one assembled scenario. Its public interface only runs whole suites: for each scenario all features
 * would be parsed again, and BeforeAll hooks run again. Cucumber's version is pinned exactly, and `./lib/*` is among its exports.
 */
import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import type { IRunConfiguration, ISupportCodeLibrary } from '@cucumber/cucumber/api'
import { type Envelope, type GherkinDocument, IdGenerator, type Pickle, type TestCase } from '@cucumber/messages'
import { hookHasThrown } from './hook-fault.ts'

/** As cucumber's own runtime takes it. */
export interface AssembledScenario {
  readonly gherkinDocument: GherkinDocument
  readonly pickle: Pickle
  readonly testCase: TestCase
}

export interface ScenarioRuntime {
  runBeforeAllHooks(): Promise<unknown>
  /** Runs all attempts; true when it held. `failing` means that it is only to be told as left out, with --fail-fast. */
  runTestCase(scenario: AssembledScenario, failing: boolean): Promise<boolean>
  runAfterAllHooks(): Promise<unknown>
}

type RuntimeClass = new (
  testRunStartedId: string,
  workerId: string,
  events: EventEmitter,
  newId: () => string,
  options: IRunConfiguration['runtime'],
  support: ISupportCodeLibrary,
  snippets: { buildMultiple(): string[] },
) => ScenarioRuntime

export interface RuntimePlan {
  readonly testRunStartedId: string
  readonly name: string
  readonly options: IRunConfiguration['runtime']
  readonly support: ISupportCodeLibrary
  onMessage(envelope: Envelope): void
}

export function openRuntime({ testRunStartedId, name, options, support, onMessage }: RuntimePlan): ScenarioRuntime {
  const { Worker } = createRequire(import.meta.url)('@cucumber/cucumber/lib/runtime/worker') as { Worker: RuntimeClass }
  const events = new EventEmitter()
  events.on('envelope', onMessage)
  // Our reports name the nearest sentence instead of a snippet.
  const snippets = { buildMultiple: () => [] }
  const worker = new Worker(testRunStartedId, name, events, IdGenerator.uuid(), options, support, snippets)
  return {
    runBeforeAllHooks: () => worker.runBeforeAllHooks().catch(hookHasThrown('BeforeAll')),
    runTestCase: (scenario, failing) => worker.runTestCase(scenario, failing),
    runAfterAllHooks: () => worker.runAfterAllHooks().catch(hookHasThrown('AfterAll')),
  }
}

const LISTS = [
  'stepDefinitions',
  'beforeTestCaseHookDefinitions',
  'afterTestCaseHookDefinitions',
  'beforeTestRunHookDefinitions',
  'afterTestRunHookDefinitions',
] as const

type Definitions = Readonly<Record<(typeof LISTS)[number], { id: string }[]>>

export const idsOf = (support: ISupportCodeLibrary): Record<string, string[]> =>
  Object.fromEntries(LISTS.map(list => [list, definitions(support)[list].map(({ id }) => id)]))

/** The same files were loaded in the same order: what has a place in one process has the same place in the other. */
export function adoptIds(support: ISupportCodeLibrary, ids: Readonly<Record<string, readonly string[]>>): void {
  for (const list of LISTS) {
    const own = definitions(support)[list]
    if (own.length !== ids[list]?.length) throw new Error(`Other ${list} were loaded than by the coordinator`)
    for (const [at, definition] of own.entries()) definition.id = ids[list][at] ?? definition.id
  }
}

const definitions = (support: ISupportCodeLibrary): Definitions => support as unknown as Definitions

type Rule = (scenario: Pickle, others: Pickle[]) => boolean

/** Cucumber's own `setParallelCanAssign`, when the project has used it. */
export const mayRunBeside = (support: ISupportCodeLibrary): Rule => {
  const { parallelCanAssign } = support as unknown as { parallelCanAssign?: Rule }
  return parallelCanAssign ?? (() => true)
}
