/** `--parallel`: the same run, by several processes. One stream of messages by construction: workers use the ids that were announced. */
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api'
import type { Pickle } from '@cucumber/messages'
import { recall } from '../config/run-settings.ts'
import type { LoadedSuite, Suite } from '../cucumber/load-and-run.ts'
import type { Scenario } from '../cucumber/scenario-runtime.ts'
import { idsOf } from '../cucumber/scenario-runtime.ts'
import { longestFirst } from '../cucumber/shard.ts'
import { durationsOf, unitsOf } from '../cucumber/work-unit.ts'
import type { RunSettings } from '../world/settings.ts'
import type { Session } from './run-session.ts'

export interface ParallelRun {
  readonly testRunStartedId: string
  readonly scenarios: readonly Scenario[]
  readonly loaded: LoadedSuite
  readonly suite: Suite
  readonly settings: RunSettings
  /** Folder of the run. */
  readonly folder: string
  readonly size: number
}

/** True when everything held. */
export function runParallel(session: Session, run: ParallelRun): Promise<boolean> {
  const { testRunStartedId, scenarios, loaded, suite, settings, folder, size } = run
  const { projectDir, failFast } = suite
  const durations = durationsOf(recall(projectDir))
  const crew = session.crew({
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
    units: longestFirst(unitsOf(scenarios, durations)),
    failFast,
    mayRunBeside: mayRunBeside(loaded.support),
  })
  return crew.run()
}

type Rule = (scenario: Pickle, others: Pickle[]) => boolean

/** Cucumber's own `setParallelCanAssign`, when the project has used it. */
export const mayRunBeside = (support: ISupportCodeLibrary): Rule => {
  const { parallelCanAssign } = support as unknown as { parallelCanAssign?: Rule }
  return parallelCanAssign ?? (() => true)
}
