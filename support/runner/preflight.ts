/** What the scenarios of a run will do, before anything of it is started: what is refused, and who is asked beside whom. */

import { UsageError } from '../core/errors.ts'
import { type Definition, definitionsOf, footprint } from '../cucumber/effects/effects.ts'
import { refuseUnallowed } from '../cucumber/effects/effects-refused.ts'
import { emptyParts, judgesNothing } from '../cucumber/empty-parts.ts'
import { hasForeignHooks, isOwn, type LoadedSuite } from '../cucumber/loading/load-suite.ts'
import { type Problem, refuseProblems } from '../cucumber/problem.ts'
import { rehearse } from '../cucumber/rehearse.ts'
import type { AssembledScenario } from '../cucumber/scenario-runtime.ts'
import { buildTestPlan, type TestPlan } from '../cucumber/test-plan.ts'
import { isLive } from '../world/guard.ts'
import type { RunSettings } from '../world/settings.ts'
import { type Split, split } from './hosts/host-queues.ts'

export interface Preflight {
  readonly plan: TestPlan
  readonly split: Split<AssembledScenario>
  /** Machines that the scenarios name or bring into play. */
  readonly uses: readonly string[]
  /** @throws UsageError when a step would do more to a live host than it may */
  refuse(): void
}

interface Terms {
  readonly loaded: LoadedSuite
  readonly settings: RunSettings
  readonly definitions: ReadonlyMap<string, Definition>
}

/** All that the features cannot mean. */
async function findProblems({ scenarios, envelopes, testRunStartedId }: TestPlan, terms: Terms): Promise<Problem[]> {
  // A feature that cannot be read is told by the run.
  if (testRunStartedId === '') return []
  const { loaded, settings, definitions } = terms
  const { projectDir } = settings
  const isThen = (id: string): boolean => definitions.get(id)?.keyword === 'Then'
  return [
    ...emptyParts(envelopes.flatMap(({ gherkinDocument }) => gherkinDocument ?? [])),
    ...scenarios.flatMap(each => judgesNothing(each, isThen)),
    ...(await rehearse(scenarios, {
      ...{ projectDir, definitions },
      isOwn: ({ uri }) => isOwn(uri, projectDir),
      known: Object.keys(settings.machines).filter(name => settings.machines[name]?.plan !== undefined),
      dryRun: loaded.configuration.runtime.dryRun,
      hasForeignHooks: hasForeignHooks(loaded, projectDir),
    })),
  ]
}

/** @throws UsageError with all that the features cannot mean */
export async function preflight(loaded: LoadedSuite, settings: RunSettings): Promise<Preflight> {
  const plan = await buildTestPlan(loaded, settings.projectDir)
  const definitions = definitionsOf(loaded.support)
  const names = Object.keys(settings.machines)
  const problems = await findProblems(plan, { loaded, settings, definitions })
  const looked = plan.scenarios.map(scenario => ({ scenario, footprint: footprint(scenario, definitions, names) }))
  const unallowed = (): void =>
    refuseUnallowed(
      looked.flatMap(each => each.footprint.steps),
      settings,
    )
  // A run that only looks at the steps tells what is not allowed at its end; what cannot be meant is no run at all.
  if (problems.length > 0) refuseTogether([() => refuseProblems(problems), unallowed])
  return {
    plan,
    split: split(looked, { names, isLive: name => isLive(settings, name) }),
    uses: [...new Set(looked.flatMap(({ footprint: { machines } }) => machines))],
    refuse: unallowed,
  }
}

/** All at once, so that the reader mends them together. @throws UsageError */
function refuseTogether(refusals: readonly (() => void)[]): void {
  const messages = refusals.flatMap(refusal => {
    try {
      refusal()
      return []
    } catch (error) {
      if (error instanceof UsageError) return [error.message]
      throw error
    }
  })
  if (messages.length > 0) throw new UsageError(messages.join('\n\n'))
}
