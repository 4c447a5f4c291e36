import type { GherkinDocument, Scenario } from '@cucumber/messages'

/** Whether a scenario before this one in the document is tagged `@milestone`. */
export function isAfterMilestone({ feature }: GherkinDocument, astNodeIds: readonly string[]): boolean {
  const scenarios: readonly Scenario[] = (feature?.children ?? []).flatMap(({ scenario, rule }) => [
    ...(scenario ? [scenario] : []),
    ...(rule?.children ?? []).flatMap(child => child.scenario ?? []),
  ])
  const at = scenarios.findIndex(({ id }) => astNodeIds.includes(id))
  return scenarios.slice(0, Math.max(0, at)).some(({ tags }) => tags.some(({ name }) => name === '@milestone'))
}
