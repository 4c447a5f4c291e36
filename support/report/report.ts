import type { RunJson } from '../record/run-json.ts'
import type { Results } from './results.ts'
import type { Verdict } from './verdict.ts'

/** What every report format is made from. */
export interface Report {
  readonly run: RunJson
  readonly results: Results
  readonly verdict: Verdict
  /** Texts kept beside the messages: console transcripts, by their path in the run's folder. */
  readonly transcripts: readonly Transcript[]
}

export interface Transcript {
  readonly path: string
  /** The end of it when it is long. */
  readonly text: string
  readonly bytes: number
}
