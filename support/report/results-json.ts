import type { ResultsFile } from '../record/run/results-file.ts'
import type { Report, ReportFormat } from './report.ts'
import { isFlaky, type ScenarioResult } from './results/result-types.ts'

export const resultsReport: ReportFormat = {
  file: 'results.json',
  help: 'how each scenario ended, how often it was tried, and the first line of what was said; read by `nixcumber compare`',
  audience: 'programs',
  render: renderResults,
}

/** One scenario in each line: a difference of two is then read by eye, too. */
export function renderResults({ results }: Pick<Report, 'results'>): string {
  const lines = results.scenarios.map(each => `${JSON.stringify(each.key)}:${JSON.stringify(entry(each))}`)
  return `{"format":1,"scenarios":{\n${lines.join(',\n')}\n}}\n`
}

function entry(scenario: ScenarioResult): ResultsFile['scenarios'][string] {
  const { outcome, milliseconds, attempts, earlier, body, machine } = scenario
  const error = outcome === 'held' ? undefined : saidOf(scenario)
  return {
    outcome,
    milliseconds: Math.round(milliseconds),
    attempts,
    ...(machine === undefined ? {} : { machine }),
    body,
    ...(error === undefined ? {} : { error: firstLine(error) }),
    ...(isFlaky(scenario) ? { flaky: true } : {}),
    ...(earlier.length === 0 ? {} : { earlier: earlier.map(({ message }) => firstLine(message)) }),
  }
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? ''

function saidOf({ steps, outcome, reason }: ScenarioResult): string | undefined {
  const step = steps.find(each => each.outcome === outcome)
  if (step?.error || outcome !== 'refused') return step?.error?.message ?? reason
  return reason ?? `Unknown sentence: ${step?.text}`
}
