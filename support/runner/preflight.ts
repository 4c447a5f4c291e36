/** What the scenarios of a run will do, before anything of it is started: what is refused, and who is asked beside whom. */

import { type Definition, definitionsOf, footprint } from '../cucumber/effects.ts'
import { refuseUnallowed } from '../cucumber/effects-refused.ts'
import { emptyParts, judgesNothing } from '../cucumber/empty-parts.ts'
import { hasForeignHooks, isOwn, type LoadedSuite } from '../cucumber/load-and-run.ts'
import { refuseProblems } from '../cucumber/problem.ts'
import { rehearse } from '../cucumber/rehearse.ts'
import type { AssembledScenario } from '../cucumber/scenario-runtime.ts'
import { buildTestPlan, type TestPlan } from '../cucumber/test-plan.ts'
import { isLive } from '../world/guard.ts'
import type { RunSettings } from '../world/settings.ts'
import { type Split, split } from './hosts/host-queues.ts'

export interface Preflight {
  readonly plan: TestPlan
  readonly split: Split<AssembledScenario>
  /** @throws UsageError when a step would do more to a live host than it may */
  refuse(): void
}

interface Terms {
  readonly loaded: LoadedSuite
  readonly settings: RunSettings
  readonly definitions: ReadonlyMap<string, Definition>
}

/** @throws UsageError with all that the features cannot mean */
async function refuseUnmeant({ scenarios, envelopes, testRunStartedId }: TestPlan, terms: Terms): Promise<void> {
  // A feature that cannot be read is told by the run.
  if (testRunStartedId === '') return
  const { loaded, settings, definitions } = terms
  const { projectDir } = settings
  const isThen = (id: string): boolean => definitions.get(id)?.keyword === 'Then'
  const problems = [
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
  refuseProblems(problems)
}

export async function preflight(loaded: LoadedSuite, settings: RunSettings): Promise<Preflight> {
  const plan = await buildTestPlan(loaded, settings.projectDir)
  const definitions = definitionsOf(loaded.support)
  const names = Object.keys(settings.machines)
  await refuseUnmeant(plan, { loaded, settings, definitions })
  const looked = plan.scenarios.map(scenario => ({ scenario, footprint: footprint(scenario, definitions, names) }))
  return {
    plan,
    split: split(looked, { names, isLive: name => isLive(settings, name) }),
    refuse: () =>
      refuseUnallowed(
        looked.flatMap(each => each.footprint.steps),
        settings,
      ),
  }
}
