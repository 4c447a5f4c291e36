import type { RunJson } from '../record/run-json.ts'
import type { Results } from './results.ts'
import type { Verdict } from './verdict.ts'

/** What every report format is made from. */
export interface Report {
  readonly run: RunJson
  readonly results: Results
  readonly verdict: Verdict
}
