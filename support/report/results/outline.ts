/** A feature as it is written, for what a test case does not say of itself. */
import type * as messages from '@cucumber/messages'
import { MACHINE_TAG, taggedMachine } from '../../record/machine-tag.ts'
import { keyOfPickle, scenarioKeys } from '../../record/scenario-key.ts'
import { stepHash } from '../../record/step-hash.ts'
import type { ScenarioResult } from './result-types.ts'

export interface Outline {
  readonly name: string
  readonly description: string
  readonly steps: ReadonlyMap<string, { readonly keyword: string; readonly line: number }>
  /** Rule's name by the id of each scenario in it. */
  readonly rules: ReadonlyMap<string, string>
  readonly lines: ReadonlyMap<string, number>
  readonly keys: ReadonlyMap<string, string>
}

export function outline(
  document: messages.GherkinDocument,
  { name, description, children }: messages.Feature,
): Outline {
  const steps = new Map<string, { keyword: string; line: number }>()
  const rules = new Map<string, string>()
  const lines = new Map<string, number>()
  const visit = (child: messages.FeatureChild | messages.RuleChild, rule?: string): void => {
    for (const step of [...(child.background?.steps ?? []), ...(child.scenario?.steps ?? [])])
      steps.set(step.id, { keyword: step.keyword, line: step.location.line })
    if (child.scenario) {
      lines.set(child.scenario.id, child.scenario.location.line)
      if (rule !== undefined) rules.set(child.scenario.id, rule)
      for (const row of child.scenario.examples.flatMap(examples => examples.tableBody))
        lines.set(row.id, row.location.line)
    }
    if ('rule' in child && child.rule) for (const inner of child.rule.children) visit(inner, child.rule.name)
  }
  for (const child of children) visit(child)
  return { name, description: description.trim(), steps, rules, lines, keys: scenarioKeys(document) }
}

/** Announced, and not run yet. */
export function newScenario(pickle: messages.Pickle, document: Outline | undefined): ScenarioResult {
  const rule = document?.rules.get(pickle.astNodeIds[0] ?? '')
  const machine = taggedMachine(pickle)
  return {
    id: pickle.id,
    key: keyOfPickle(pickle, document?.keys),
    body: stepHash(pickle),
    uri: pickle.uri,
    line: document?.lines.get(pickle.astNodeIds.at(-1) ?? '') ?? pickle.location?.line ?? 0,
    feature: document?.name ?? '',
    ...(rule === undefined ? {} : { rule }),
    name: pickle.name,
    tags: pickle.tags.map(({ name }) => name).filter(name => !name.startsWith(MACHINE_TAG)),
    ...(machine === undefined ? {} : { machine }),
    outcome: 'unfinished',
    attempts: 0,
    earlier: [],
    milliseconds: 0,
    steps: [],
  }
}
