/** `--parallel`: the same run, by several processes. One stream of messages by construction: workers use the ids that were announced. */

import type { LoadedSuite, Suite } from '../../cucumber/loading/load-suite.ts'
import type { AssembledScenario } from '../../cucumber/scenario-runtime.ts'
import { idsOf, mayRunBeside } from '../../cucumber/scenario-runtime.ts'
import { longestFirst } from '../../cucumber/selection/shard.ts'
import { durationsOf, workUnitsOf } from '../../cucumber/selection/work-unit.ts'
import { recallLastRun } from '../../record/project-folder.ts'
import type { RunSettings } from '../../world/settings.ts'
import type { RunSession } from '../run-session.ts'

export interface ParallelRun {
  readonly testRunStartedId: string
  readonly scenarios: readonly AssembledScenario[]
  readonly loaded: LoadedSuite
  readonly suite: Suite
  readonly settings: RunSettings
  /** Folder of the run. */
  readonly folder: string
  readonly size: number
}

/** True when everything held. */
export function runParallel(session: RunSession, run: ParallelRun): Promise<boolean> {
  const { testRunStartedId, scenarios, loaded, suite, settings, folder, size } = run
  const { projectDir, failFast } = suite
  const durations = durationsOf(recallLastRun(projectDir))
  const pool = session.workerPool({
    begin: {
      // A worker is told what to run, scenario by scenario.
      suite: {
        projectDir,
        steps: suite.steps,
        features: [],
        names: [],
        selection: { lines: {} },
        dryRun: false,
        failFast,
        retry: suite.retry,
      },
      settings,
      folder,
      testRunStartedId,
      ids: idsOf(loaded.support),
    },
    size,
    units: longestFirst(workUnitsOf(scenarios, durations)),
    failFast,
    mayRunBeside: mayRunBeside(loaded.support),
  })
  return pool.run()
}
