/** Which recorded runs of a project stay, by its configuration, and the end of those that do not. */
import { dirname, join } from 'node:path'
import type { Config } from '../config/schema.ts'
import { KEEP_RUNS, type KeepRuns, mayPrune } from '../record/history/retention.ts'

export const runsOf = (projectDir: string): string => join(projectDir, '.nixcumber/runs')

/** Undefined: all of them, for ever. */
export function keptRuns({ keepRuns = {} }: Config): KeepRuns | undefined {
  if (keepRuns === 'all') return undefined
  const { days = KEEP_RUNS.days, atLeast = KEEP_RUNS.atLeast } = keepRuns
  return { days, atLeast }
}

/** After a run that was written beside the others. That an old one could not be removed is nothing to fail for. */
export async function pruneAfter(folder: string, projectDir: string, config: Config): Promise<void> {
  const runs = runsOf(projectDir)
  const keep = keptRuns(config)
  try {
    if (!keep || dirname(folder) !== runs || !mayPrune(runs, keep)) return
    const { pruneRuns } = await import('../record/history/prune-runs.ts')
    pruneRuns(runs, keep)
  } catch {
    // As said.
  }
}
