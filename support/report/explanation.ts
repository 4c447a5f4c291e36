/** What is said about a scenario that did not hold: the words that every report has in common. */
import { indent, rows } from '../core/text/text.ts'
import type { ScenarioResult, StepResult } from './results/result-types.ts'

/** The steps in question, each with its message as it stands; the reason first where no step has one. */
export function explanations(scenario: ScenarioResult): string[] {
  const said = scenario.steps.filter(({ outcome }) => outcome !== 'held' && outcome !== 'skipped')
  const texts = said.map(step => `${sentence(step)}${where(scenario, step)}\n\n${indent(explanation(step), 2)}`)
  return scenario.reason ? [scenario.reason, ...texts] : texts
}

const sentence = ({ keyword, text }: StepResult): string => `${keyword}${text}`

const where = ({ uri }: ScenarioResult, { line }: StepResult): string =>
  line === undefined ? '' : `  (${uri}:${line})`

/** The message of what was thrown; with its stack when it is no claim of a feature but a mistake in a program. */
export function explanation({ outcome, error, ours, nearest }: StepResult): string {
  if (outcome === 'unfinished') return 'The runner was stopped in the middle of it.'
  if (error) return ours || error.stack === undefined ? error.message : error.stack
  if (outcome !== 'refused') return 'No word was said about why.'
  return `No step has this sentence\n${rows({ 'Did you mean': nearest, Next: 'nixcumber steps' })}`.trimEnd()
}
