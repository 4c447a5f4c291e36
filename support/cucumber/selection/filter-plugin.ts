/** Cucumber's plugin point for choosing scenarios: `file:LINE` may be any line of a scenario, as messages print the line of a step. */
import type { GherkinDocument, Pickle, Scenario } from '@cucumber/messages'
import { scenarios } from '../../record/scenario-key.ts'
import type { FanOut } from './roles.ts'
import { type Cut, cut, type Shard } from './shard.ts'
import { type Candidate, type Durations, keyOf } from './work-unit.ts'

export interface Selection {
  /** Wanted lines by feature file, as its uri is in messages. Files that are not in it are wanted whole. */
  readonly lines: Readonly<Record<string, readonly number[]>>
  /** Places of scenarios that are not wanted, as `placeOf` gives them. */
  readonly leftOut?: readonly string[]
  /** Keys of the wanted scenarios; absent when all are. */
  readonly keys?: readonly string[]
  readonly fanOut?: FanOut
  readonly shard?: Shard & { readonly durations: Durations; told(cut: Cut<Candidate>): void }
}

interface Coordinator {
  readonly options: Selection
  transform(event: 'pickles:filter', choose: (candidates: Candidate[]) => Candidate[]): void
}

export const plugin = {
  type: 'plugin',
  optionsKey: 'nixcumber',
  // Tags and names were applied before: cucumber's own filter comes first.
  coordinator: ({ transform, options }: Coordinator) =>
    transform('pickles:filter', candidates => {
      const leftOut = new Set(options.leftOut)
      const all = candidates.flatMap(each => copies(each, options))
      const wanted = all.filter(each => isWanted(each, options) && !leftOut.has(placeOf(each.pickle)))
      for (const { pickle } of wanted) options.fanOut?.refuseRoleless(pickle)
      const chosen = wanted.filter(({ pickle }) => options.fanOut?.isChosen(pickle) ?? true)
      return part(chosen, options)
    }),
}

// Cucumber looks for the plugin in the default export first; a named one alone is not found.
export { plugin as default }

/** `features/web.feature:12`: where a scenario stands; of an outline, its row. */
export const placeOf = ({ uri, location }: Pickle): string => `${uri}:${location?.line ?? 0}`

const copies = (candidate: Candidate, { fanOut }: Selection): Candidate[] =>
  fanOut?.copies(candidate.pickle).map(pickle => ({ ...candidate, pickle })) ?? [candidate]

function part(candidates: readonly Candidate[], { shard }: Selection): Candidate[] {
  if (!shard) return [...candidates]
  const parts = cut(candidates, shard, shard.durations)
  shard.told(parts)
  return [...parts.mine]
}

function isWanted(candidate: Candidate, { lines, keys }: Selection): boolean {
  if (keys && !keys.includes(keyOf(candidate))) return false
  const { gherkinDocument, pickle } = candidate
  const wanted = lines[pickle.uri]
  return wanted === undefined || wanted.some(line => covers(gherkinDocument, pickle, line))
}

/** True when the line is in the pickle's scenario; of an outline, a line in its table means that row alone. */
export function covers(document: GherkinDocument, pickle: Pickle, line: number): boolean {
  const all = scenarios(document.feature?.children ?? []).map(({ scenario }) => scenario)
  const at = all.findIndex(({ id }) => pickle.astNodeIds.includes(id))
  const scenario = all[at]
  if (!scenario) return false
  const next = all[at + 1]
  const first = at === 0 ? 1 : start(scenario)
  if (line < first || (next && line >= start(next))) return false
  const rows = scenario.examples.flatMap(({ tableBody }) => tableBody)
  const row = rows.find(({ location }) => location.line === line)
  return row === undefined || pickle.astNodeIds.includes(row.id)
}

const start = ({ location, tags }: Scenario): number => Math.min(location.line, ...tags.map(tag => tag.location.line))
