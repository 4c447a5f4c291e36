/** What is new between two runs. The names of the lists are fixed: `compare --json` has them. */
import type { RunJson } from '../record/run/run-json.ts'
import type { Case } from './compared-run.ts'
import type { FactChange } from './facts.ts'
import type { Age } from './past.ts'
import type { Waived } from './waiver.ts'

export interface Comparison {
  readonly verdict: Verdict
  readonly base?: RunSummary
  readonly current: RunSummary
  /** Whether the flake and the features are other ones than in the base; undefined where a run does not say. */
  readonly moved: { readonly flake?: boolean; readonly features?: boolean }
  /** Of each machine: the system that was judged then, and the one that runs now. */
  readonly systems: readonly SystemPair[]
  readonly newFailures: readonly Problem[]
  readonly newErrors: readonly Problem[]
  readonly stillFailing: readonly Problem[]
  readonly fixed: readonly Fixed[]
  readonly flaky: readonly Flaky[]
  readonly waived: readonly Waived[]
  readonly facts: readonly FactChange[]
  readonly slower: readonly Slower[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  readonly notComparable: readonly { readonly scenario: string; readonly reason: string }[]
  /** Scenarios that held in both. */
  readonly held: number
}

export interface Verdict {
  /** `NOT COMPARABLE`: also when only a part of the current run was judged. */
  readonly word: 'NOTHING NEW' | 'NEW FAILURES' | 'NEW ERRORS' | 'STILL FAILING' | 'NOT COMPARABLE'
  readonly exitCode: 0 | 1 | 3
  /** `2 new failures, 1 fixed, 37 held`. */
  readonly summary: string
}

export interface RunSummary {
  readonly folder: string
  readonly start: string
  readonly state: 'ended' | 'going on' | 'killed'
  readonly verdict?: string
  readonly revision?: string
  readonly inputs: RunJson['inputs']
}

export interface SystemPair {
  readonly machine: string
  readonly before?: string
  readonly after?: string
  /** The machine was in QEMU on one side and is a live host on the other. */
  readonly transports: boolean
}

/** A scenario that is bad now. */
export interface Problem {
  readonly scenario: string
  readonly name: string
  readonly feature: string
  readonly machine?: string
  readonly outcome: Case['outcome']
  /** The step that did not hold, and where it stands. */
  readonly step?: string
  readonly place: string
  /** First line of what was said. */
  readonly headline: string
  readonly observed?: string
  /** What the same step saw in the base; or why there is nothing. */
  readonly baseline: string
  readonly near: readonly FactChange[]
  readonly age: Age
  readonly flaky: boolean
  /** Equal for failures that read alike, whichever host and time. */
  readonly group: string
}

export interface Fixed {
  readonly scenario: string
  readonly machine?: string
  /** What was said when it did not hold. */
  readonly was: string
}

export interface Flaky {
  readonly scenario: string
  readonly now: Case['outcome']
  readonly why: string
}

export interface Slower {
  readonly scenario: string
  readonly milliseconds: number
  /** Median of the last runs, or of the base alone. */
  readonly usually: number
}
