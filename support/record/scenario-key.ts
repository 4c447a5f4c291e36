/** A name for a scenario that holds from run to run: not its line, which every edit above it moves. */
import type { FeatureChild, GherkinDocument, Pickle, RuleChild, Scenario } from '@cucumber/messages'
import { taggedMachine } from './machine-tag.ts'

/**
 * Keys by the id of a scenario, and of a row of an outline: `features/web.feature: The page › is served`, then ` [2]` for the second
 * row of an outline and ` (2)` for the second of that name in its file.
 */
export function scenarioKeys({ uri = '', feature }: GherkinDocument): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  const seen = new Map<string, number>()
  for (const { scenario, rule } of scenarios(feature?.children ?? [])) {
    const name = rule === undefined ? scenario.name : `${rule} › ${scenario.name}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    const key = `${uri}: ${name}${count > 1 ? ` (${count})` : ''}`
    keys.set(scenario.id, key)
    const rows = scenario.examples.flatMap(({ tableBody }) => tableBody)
    for (const [at, row] of rows.entries()) keys.set(row.id, `${key} [${at + 1}]`)
  }
  return keys
}

/** The key of one that is run: ` @ web1` at its end where it is run once for each machine of a role. @param keys of its document */
export function keyOfPickle(pickle: Pickle, keys: ReadonlyMap<string, string> | undefined): string {
  const key = keys?.get(pickle.astNodeIds.at(-1) ?? '') ?? pickle.id
  const machine = taggedMachine(pickle)
  return machine === undefined ? key : `${key}${AT}${machine}`
}

const AT = ' @ '

/** The key without the machine, where it has one. */
export const withoutMachine = (key: string): string => key.replace(/ @ [\w.-]+$/, '')

/** All scenarios and outlines of a feature, in the order of the file. */
export const scenarios = (
  children: readonly (FeatureChild | RuleChild)[],
  rule?: string,
): { readonly scenario: Scenario; readonly rule?: string }[] =>
  children.flatMap(child => {
    if (child.scenario) return [{ scenario: child.scenario, ...(rule === undefined ? {} : { rule }) }]
    return 'rule' in child && child.rule ? scenarios(child.rule.children, child.rule.name) : []
  })
