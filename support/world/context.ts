/** What all scenarios of one run share. The command line makes it; the world of each scenario finds it here. */

import { UsageError } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import type { Clock } from '../core/time/clock.ts'
import type { Flakes } from '../flake/flakes.ts'
import type { Lease } from '../machine/lease.ts'
import type { Machine, MachinePlan } from '../machine/machine.ts'
import type { Toolchain } from '../nix/toolchain.ts'
import type { RunRecord } from '../record/run/run-record.ts'
import type { FactsKeeper } from './facts/facts-keeper.ts'
import type { PrivateNetwork } from './network/private-network.ts'
import type { Pause } from './pause/pause.ts'
import type { RunSettings } from './settings.ts'
import type { RunTarget } from './target/run-target.ts'

export interface RunContext {
  readonly settings: RunSettings
  readonly clock: Clock
  readonly progress: Progress
  readonly record: RunRecord
  /** Found (or built) when first asked for; every caller gets the same one. */
  toolchain(): Promise<Toolchain>
  /** All flakes of the run; scenarios that speak of the same one share its answers. */
  readonly flakes: Flakes
  /** Every machine of the run. Named by `--machine` from the start, or booted from a host when a feature wants it. */
  readonly machines: RunMachines
  /** What each machine is, gathered beside the checks. */
  readonly facts?: Pick<FactsKeeper, 'settled'>
  /** The machine that is to be wiped. */
  readonly target: Pick<RunTarget, 'seen'>
  /** One private network for all machines of the run. */
  readonly network: PrivateNetwork
  /** The run stops where something does not hold. */
  readonly pause?: Pause
}

/** The pool as the world needs it; see support/machine/pool/pool.ts. */
export interface RunMachines {
  readonly names: readonly string[]
  /** What the name means at present. */
  plan(name: string): MachinePlan | undefined
  /** From now on the name means this plan; nothing is booted yet. */
  register(plan: MachinePlan): void
  /** Boots or connects when first asked. @throws UsageError with the names when there is none of this name */
  get(name: string, lease?: Lease): Promise<Machine>
  /** A step begins that may change the machine: the next scenario gets it as it was. */
  markDirty(machine: Machine): Promise<void>
  /** The machine did not answer: the next scenario gets it as it was. */
  markSuspect(machine: Machine): Promise<void>
  /** A scenario tagged `@milestone` of this feature has held. */
  milestoneReached(feature: string): void
  /** The scenario tagged `@milestone` is over: those after it in its feature begin where it ended. */
  saveMilestone(machine: Machine, reached: boolean): Promise<void>
}

// Users' CommonJS steps can load this package a second time; the run is one for all of them.
const KEY = Symbol.for('nixcumber.run')
const shared = globalThis as { [KEY]?: RunContext }

export function provideContext(context: RunContext): void {
  shared[KEY] = context
}

/** @throws UsageError when features are run by something else than nixcumber */
export function runContext(): RunContext {
  const context = shared[KEY]
  if (!context) throw new UsageError('These steps need nixcumber around them. Start the features by `nixcumber run`.')
  return context
}
