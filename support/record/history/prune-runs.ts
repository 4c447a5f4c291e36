/** Old runs go, so that nightly ones need no care. Nothing is removed that is not a whole run of ours, under the name that we gave it. */
import { realpathSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DAY_MS, type KeepRuns, namesIn, REMOVED_PREFIX, TIMESTAMP_NAME } from './retention.ts'
import { type FoundRun, listRuns, newestGoodFor } from './runs.ts'

/** Whichever may go, oldest first: not the last good one, nor that of the part that a recent run was, none that still goes on, not the one that `latest` leads to. */
export function prunableRuns(runs: string, { days, atLeast }: KeepRuns, now = Date.now()): FoundRun[] {
  const all = listRuns(runs)
  const recent = all.slice(-atLeast)
  const bases = [undefined, ...recent].map(run => newestGoodFor(all, run))
  const latest = leadsTo(join(runs, 'latest'))
  const kept = new Set([...bases, ...recent].map(run => run?.folder))
  return all.filter(
    ({ folder, run, state }) =>
      TIMESTAMP_NAME.test(basename(folder)) &&
      Date.parse(run.end ?? run.start) < now - days * DAY_MS &&
      state !== 'going on' &&
      !kept.has(folder) &&
      realpathSync(folder) !== latest,
  )
}

/** Removes them; gives those that are gone. One that cannot be removed stays. */
export function pruneRuns(runs: string, keep: KeepRuns, now = Date.now()): FoundRun[] {
  const gone = prunableRuns(runs, keep, now).filter(({ folder }) => {
    // By another name first: half a run is no run. Of two that prune at once one finds nothing more.
    const aside = join(runs, `${REMOVED_PREFIX}${basename(folder)}-${process.pid}`)
    return quietly(() => renameSync(folder, aside))
  })
  for (const name of namesIn(runs).filter(each => each.startsWith(REMOVED_PREFIX)))
    quietly(() => rmSync(join(runs, name), { recursive: true, force: true }))
  return gone
}

function leadsTo(link: string): string | undefined {
  try {
    return realpathSync(link)
  } catch {
    return undefined
  }
}

function quietly(act: () => void): boolean {
  try {
    act()
    return true
  } catch {
    return false
  }
}
