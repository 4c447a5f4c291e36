/** What the coordinator of a parallel run and its workers tell each other. Plain data: it goes through a pipe. */
import type { Envelope, GherkinDocument } from '@cucumber/messages'
import { seconds } from '../../core/time/duration.ts'
import type { Suite } from '../../cucumber/loading/load-suite.ts'
import type { AssembledScenario } from '../../cucumber/scenario-runtime.ts'
import type { Difference, FlakeFacts, Size } from '../../record/run/run-record.ts'
import type { RunSettings } from '../../world/settings.ts'

/** How long a worker may take to end its machines; the coordinator then waits a little longer, and kills it. */
export const SHUTDOWN_TIMEOUT = { worker: seconds(10), coordinator: seconds(12) } as const

export interface BeginMessage {
  readonly type: 'begin'
  /** `2`: of evidence, progress and messages. */
  readonly name: string
  readonly suite: Suite
  readonly settings: RunSettings
  /** Folder of the run. */
  readonly folder: string
  readonly testRunStartedId: string
  /** The coordinator's ids of step definitions and hooks, list by list in the order of loading. */
  readonly ids: Readonly<Record<string, readonly string[]>>
}

/** Run these, one after the other. */
export interface RunMessage {
  readonly type: 'run'
  /** Those of the scenarios' features that this worker was not given before. */
  readonly documents: readonly GherkinDocument[]
  readonly scenarios: readonly Omit<AssembledScenario, 'gherkinDocument'>[]
  /** Another one failed already: with --fail-fast nothing more is run. */
  readonly failing: boolean
}

export type ToWorker =
  | BeginMessage
  | RunMessage
  /** Nothing is left to do: AfterAll hooks run, machines go. */
  | { readonly type: 'finish' }
  /** Whatever it does, it ends; machines go. */
  | { readonly type: 'stop' }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'envelope'; readonly envelope: Envelope }
  | { readonly type: 'done'; readonly held: boolean }
  | { readonly type: 'task'; readonly id: number; readonly event: 'start' | 'update' | 'done'; readonly text?: string }
  | { readonly type: 'note'; readonly text: string; readonly shown: boolean }
  | { readonly type: 'flake'; readonly facts: FlakeFacts }
  | { readonly type: 'toplevel'; readonly host: string; readonly path: string }
  | { readonly type: 'machine'; readonly name: string; readonly facts: Readonly<Record<string, string | number>> }
  | { readonly type: 'size'; readonly name: string; readonly size: Size; readonly scenario: string }
  | { readonly type: 'differences'; readonly name: string; readonly differences: readonly Difference[] }
  /** A step waits for what can never come. */
  | { readonly type: 'stuck' }
  /** It cannot even begin, or end: a hook of the whole run failed. */
  | { readonly type: 'broken'; readonly message: string; readonly stack: string; readonly exitCode?: 1 | 2 | 3 }
  | { readonly type: 'bye'; readonly peakMemoryMiB: number }
