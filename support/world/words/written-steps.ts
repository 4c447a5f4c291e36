import type { GherkinDocument, Step } from '@cucumber/messages'

const known = new WeakMap<GherkinDocument, ReadonlyMap<string, Step>>()

/** The steps as they stand in the feature, by the ids that pickles name them with. */
export function writtenSteps(document: GherkinDocument): ReadonlyMap<string, Step> {
  const before = known.get(document)
  if (before) return before
  const children = document.feature?.children.flatMap(child => [child, ...(child.rule?.children ?? [])]) ?? []
  const steps = children.flatMap(({ background, scenario }) => [
    ...(background?.steps ?? []),
    ...(scenario?.steps ?? []),
  ])
  const found = new Map(steps.map(step => [step.id, step]))
  known.set(document, found)
  return found
}
