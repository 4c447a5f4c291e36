import { refuse } from '../core/refusal.ts'
import { shardName } from '../cucumber/selection/shard.ts'
import { withoutDurations } from '../record/history/history.ts'
import type { HistoryLog } from '../record/history/history-log.ts'
import { recallLastRun, rememberLastRun } from '../record/project-folder.ts'
import type { RunFolder } from '../record/run/run-folder.ts'
import type { RunJson } from '../record/run/run-json.ts'
import { learned, type Results } from '../report/results/results.ts'
import { type Verdict, verdictLine, verdictOf } from '../report/verdict.ts'
import type { RunSettings } from '../world/settings.ts'

interface Judged {
  readonly folder: RunFolder
  readonly results: Results
  /** Why there may be more than the results say. */
  readonly missing?: readonly string[]
  /** What was learned while it went on, needed until it is remembered. */
  readonly log?: HistoryLog
}

/**
 * The verdict on all that was heard of a run; what it teaches the next one is remembered.
 * @param stopped exit code of the signal that stopped it
 */
export async function judgeRun(
  { folder, results, missing = [], log }: Judged,
  { settings, dryRun }: { readonly settings: RunSettings; readonly dryRun: boolean },
  stopped: number | undefined,
): Promise<Verdict> {
  const { projectDir, machines } = settings
  const { shard, part } = folder.run
  const now = learned(results)
  if (!dryRun)
    await rememberLastRun(projectDir, {
      learned: shard ? withoutDurations(now, recallLastRun(projectDir)) : now,
      there: results.keys,
      ...(log ? { log } : {}),
      isWhole: part === undefined && !shard && stopped === undefined,
    })
  folder.update({ machines: inOrder(folder.run.machines, Object.keys(machines)) })
  const empty = results.scenarios.length === 0
  return verdictOf({
    results,
    inputs: folder.run.inputs,
    machines: Object.keys(folder.run.machines),
    dryRun,
    missing,
    ...(shard ? { shard: { name: shardName(shard), empty: empty && shard.total > 0 } } : {}),
    ...(stopped === undefined ? {} : { stopped }),
  })
}

/** With what a run is entered into its folder when it has ended. */
export const lastWords = (verdict: Verdict): Pick<RunJson, 'end' | 'exitCode' | 'verdict'> => ({
  end: new Date().toISOString(),
  exitCode: verdict.exitCode,
  verdict: verdictLine(verdict),
})

export const noScenario = (): Error =>
  refuse({
    what: 'There is no scenario to run',
    expected: 'at least one scenario in the features that matches --tags, --name, --on and the lines given',
    next: 'nixcumber run --dry-run',
  })

/** As the settings name them, whichever answered first; then those that were booted. */
const inOrder = <Facts>(found: Readonly<Record<string, Facts>>, known: readonly string[]): Record<string, Facts> => {
  const place = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length)
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => place(a) - place(b)))
}
