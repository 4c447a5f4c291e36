import type { RunJson } from '../record/run/run-json.ts'
import type { Results } from './results/results.ts'
import type { Verdict } from './verdict.ts'

/** What every report format is made from. */
export interface Report {
  readonly run: RunJson
  readonly results: Results
  readonly verdict: Verdict
  /** The run's folder, absolute, as messages name it. */
  readonly folder: string
  /** Every file kept as evidence, by its path in that folder. */
  readonly evidence: readonly string[]
  /** Texts kept beside the messages: console transcripts, by their path in the run's folder. */
  readonly transcripts: readonly Transcript[]
}

/** One kind of report. A new one is a file that exports this, and its line in formats.ts. */
export interface ReportFormat {
  /** Its name in the run's folder. */
  readonly file: string
  /** What it is and what it is for, in a line of the help. */
  readonly help: string
  /** What people open is named at the end of a run. */
  readonly audience: 'people' | 'programs'
  render(report: Report): string
}

export interface Transcript {
  readonly path: string
  /** The end of it when it is long. */
  readonly text: string
  readonly bytes: number
}
