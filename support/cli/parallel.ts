/** `--parallel`: the same run, by several processes. One stream of messages by construction: workers use the ids that were announced. */
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api'
import type { Pickle } from '@cucumber/messages'
import type { RunSettings } from '../world/settings.ts'
import type { LoadedSuite, Suite } from './embed.ts'
import type { Session } from './session.ts'
import { recall } from './settings.ts'
import type { Scenario } from './workers/protocol.ts'
import { idsOf } from './workers/runtime.ts'
import { longestFirst } from './workers/shard.ts'
import { durationsOf, unitsOf } from './workers/unit.ts'

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
