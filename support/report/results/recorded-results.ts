/** What a run has recorded of its scenarios, beside what its messages say: messages that are lost must not be missed by none. Pure. */
import type { ResultsFile } from '../../record/run/results-file.ts'
import type { Results } from './results.ts'

/** Scenarios that ran, by results.json, and of which the messages say nothing or something else, in words. */
export function lostScenarios(name: string, { scenarios }: Results, recorded: ResultsFile | undefined): string[] {
  const told = new Map(scenarios.map(({ key, outcome }) => [key, outcome]))
  const lost = Object.entries(recorded?.scenarios ?? {}).filter(([key, { outcome }]) => told.get(key) !== outcome)
  const [first] = lost
  if (!first) return []
  const [key, { outcome }] = first
  const more = lost.length > 1 ? `, and of ${lost.length - 1} more` : ''
  return [`messages of ${name} are lost: of "${key}", which ended ${outcome} by its results.json${more}`]
}
