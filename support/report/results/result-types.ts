/** What a report knows of a feature, a scenario, a step. */
import type { Observed } from './observation.ts'
import type { Outcome } from './outcome.ts'

export interface StepResult {
  /** `Given `, or the hook's name. */
  readonly keyword: string
  readonly text: string
  readonly hook: boolean
  readonly line?: number
  readonly docString?: string
  readonly table?: readonly (readonly string[])[]
  outcome: Outcome
  milliseconds: number
  error?: { readonly type: string; readonly message: string; readonly stack?: string }
  /** What was thrown is one of our errors: its message says everything, and its stack nothing. */
  ours?: true
  /** The known sentence most like one that is not defined. */
  nearest?: string
  /** What a Then saw last, held or not. */
  observation?: Observed
  readonly attachments: Evidence[]
}

export interface Evidence {
  readonly name: string
  readonly mediaType: string
  readonly body: string
  readonly encoding: 'IDENTITY' | 'BASE64'
}

export interface ScenarioResult {
  readonly id: string
  /** Holds from run to run; see scenario-key.ts. */
  readonly key: string
  /** Hash of its steps; see step-hash.ts. */
  readonly body: string
  readonly uri: string
  readonly line: number
  readonly feature: string
  readonly rule?: string
  readonly name: string
  readonly tags: readonly string[]
  /** It was run for each machine of its role, here for this one. */
  readonly machine?: string
  outcome: Outcome
  /** Why it was left out or refused, when no step says so. */
  reason?: string
  attempts: number
  /** Tries that did not hold and were followed by another; the first one first. */
  earlier: readonly EarlierTry[]
  milliseconds: number
  steps: StepResult[]
}

export interface EarlierTry {
  readonly outcome: Outcome
  /** All that was said about it. */
  readonly said: string
  /** The message itself, without its step. */
  readonly message: string
}

/** It held, and not at the first try: what differs between the two is not known. */
export const isFlaky = ({ outcome, earlier }: ScenarioResult): boolean => outcome === 'held' && earlier.length > 0

/** As reports name it: one that is run for several machines is told apart by its machine. */
export const titleOf = ({ name, machine }: ScenarioResult): string =>
  machine === undefined ? name : `${name} @ ${machine}`

export interface FeatureResult {
  readonly uri: string
  readonly name: string
  readonly description: string
  readonly scenarios: ScenarioResult[]
}

export interface UnreadableFeature {
  readonly uri: string
  readonly line?: number
  readonly message: string
}
