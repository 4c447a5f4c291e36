/** What the scenarios of a run will do, before anything of it is started: what is refused, and who is asked beside whom. */

import { definitionsOf, footprint } from '../cucumber/effects.ts'
import { refuseUnallowed } from '../cucumber/effects-refused.ts'
import type { LoadedSuite } from '../cucumber/load-and-run.ts'
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

export async function preflight(loaded: LoadedSuite, settings: RunSettings): Promise<Preflight> {
  const plan = await buildTestPlan(loaded, settings.projectDir)
  const definitions = definitionsOf(loaded.support)
  const names = Object.keys(settings.machines)
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
