/** A scenario that is bad now, told with what was there before. Pure. */

import type { Case, CaseStep, ComparedRun } from './compared-run.ts'
import type { Problem } from './comparison.ts'
import type { FactChange } from './facts.ts'
import { normalize } from './normalize.ts'
import type { Pair } from './pairs.ts'
import { ageOf, comesAndGoes, type PastRun } from './past.ts'
import { relatedFacts } from './related-facts.ts'

export interface Known {
  readonly current: ComparedRun
  readonly past: readonly PastRun[]
  readonly facts: readonly FactChange[]
}

export function problemOf({ now, then }: Pair, { current, past, facts }: Known): Problem {
  const step = now.steps.find(each => each.outcome === now.outcome)
  const headline = headlineOf(now, step)
  const observed = step && observedIn(step)
  return {
    scenario: now.key,
    ...{ name: now.name, feature: now.feature, outcome: now.outcome, headline },
    ...(now.machine === undefined ? {} : { machine: now.machine }),
    ...(step ? { step: step.sentence } : {}),
    place: step?.place ?? `${now.uri}:${now.line}`,
    ...(observed === undefined ? {} : { observed }),
    baseline: baselineOf(then, step),
    near: relatedFacts(now, step, facts),
    age: ageOf(now.key, past, current.run),
    flaky: comesAndGoes(now.key, past, now.outcome),
    group: normalize(`${now.outcome}\n${step?.sentence ?? ''}\n${headline}`, now.machine),
  }
}

const UNSAID: Readonly<Record<string, string>> = {
  refused: 'it was refused',
  unfinished: 'it came to no end',
}

const headlineOf = ({ outcome }: Case, step: CaseStep | undefined): string =>
  step?.message?.trim().split('\n', 1)[0] ?? UNSAID[outcome] ?? 'no word was said about why'

/** The row "Observed" of a message, where nothing else was kept. */
function observedIn({ seen, message = '' }: CaseStep): string | undefined {
  if (seen !== undefined) return seen
  const [, row] = /^ {2}Observed {3}(.*(?:\n {13}.*)*)/m.exec(message) ?? []
  return row?.replaceAll(/\n {13}/g, '\n').replace(/(?<! ) {2,}\S+ (?:ms|s) before the end/, '')
}

/** What the same step saw then. */
function baselineOf(then: Case | undefined, step: CaseStep | undefined): string {
  if (!then) return 'the scenario was not there'
  if (then.attempts === 0 || then.outcome === 'skipped') return 'the scenario was not run'
  const same = then.steps.find(({ sentence }) => sentence === step?.sentence)
  const seen = same && observedIn(same)
  if (seen !== undefined) return seen
  if (then.outcome === 'held') return 'it held'
  return same?.message?.trim().split('\n', 1)[0] ?? 'it did not hold'
}
