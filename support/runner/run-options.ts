import type { RunOptions } from '../config/run-settings.ts'
import type { Config } from '../config/schema.ts'
import { refuse } from '../core/refusal.ts'
import type { Shard } from '../cucumber/selection/shard.ts'
import { refuseWithoutTerminal } from './pause.ts'
import { poolSize } from './workers/pool-size.ts'

/** `nixcumber run` as it was called. */
export interface AskedRun extends RunOptions {
  readonly tags?: string
  readonly name?: readonly string[]
  readonly dryRun?: true
  readonly failFast?: true
  readonly retry?: number
  readonly out?: string
  readonly from?: string
  readonly pauseOnFailure?: true
  readonly parallel?: number | 'auto'
  readonly shard?: Shard
  readonly lastFailed?: true
  readonly on?: readonly string[]
  readonly hostsAtOnce?: number
}

/** @throws UsageError for what does not go together, cannot be done here, or leads nowhere */
export function refuseImpossible(asked: AskedRun): void {
  if (asked.parallel !== undefined && asked.parallel !== 1) refuseWithSeveral(asked)
  if (asked.pauseOnFailure) refuseWithoutTerminal()
}

/** Workers of a run. Machines that a person is to enter exist once. */
export function workersOf({ dryRun, keep, pauseOnFailure, parallel }: AskedRun, config: Config): number {
  const single = dryRun || keep || pauseOnFailure
  return single ? 1 : poolSize(parallel ?? config.parallel ?? 1)
}

/** Each worker has a machine of every name: which one is to be entered? */
function refuseWithSeveral({ keep, pauseOnFailure }: AskedRun): void {
  if (!keep && !pauseOnFailure) return
  throw refuse({
    what: `${keep ? '--keep' : '--pause-on-failure'} needs a single worker`,
    expected: 'without --parallel, so that each machine is there once',
  })
}
