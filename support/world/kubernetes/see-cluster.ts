/** Sentences about a cluster: asked on one of its machines, or by the runner where the configuration says so. */
import type { Command, CommandResult } from '../../core/command.ts'
import { type Duration, scale } from '../../core/time/duration.ts'
import type { Expectation, Observation } from '../../expect/expectation.ts'
import type { ClusterAccess } from '../../kubernetes/access/access.ts'
import { type ClusterProbe, LOOK } from '../../kubernetes/cluster-probe.ts'
import { LocalShell } from '../../shell/local.ts'
import type { RunLimits } from '../../shell/shell.ts'
import type { StepSuffix, Target } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { tellingOnce } from './cluster-evidence.ts'

/** Where kubectl runs, and what it is told there. No machine: on the runner. */
export interface ClusterPlace {
  readonly machine?: string
  readonly onRunner: boolean
  readonly access: ClusterAccess
}

/** A machine in the sentence wins; what the configuration says is for the place that it says it for. */
export function clusterPlace({ context }: NixWorld, { machine }: Target): ClusterPlace {
  const { machine: usual, allow: _, ...access } = context.settings.kubernetes ?? {}
  const named = machine ?? usual
  if (named !== undefined) return { machine: named, onRunner: false, access: named === usual ? access : {} }
  return { onRunner: context.settings.kubernetes !== undefined, access }
}

/** Asks the cluster, and waits as the end of the sentence says. */
export async function seeCluster<Query, Facts>(
  world: NixWorld,
  probe: ClusterProbe<Query, Facts>,
  query: Query,
  wanted: Expectation<Facts>,
  tail: StepSuffix,
): Promise<Facts> {
  const { seen, attempt, scaled } = await observed(world, probe, query, tail)
  const terms = world.terms(attempt)
  if (tail.now) return world.once(seen, wanted, terms)
  return world.eventually(seen, wanted, tail.within ?? scaled(probe.budget), terms)
}

/** Asks the cluster, and wants it to be so all that time. */
export async function keepSeeingCluster<Query, Facts>(
  world: NixWorld,
  probe: ClusterProbe<Query, Facts>,
  query: Query,
  wanted: Expectation<Facts>,
  { lasting, ...target }: Target & { readonly lasting: Duration },
): Promise<Facts> {
  const { seen, attempt } = await observed(world, probe, query, target)
  return world.always(seen, wanted, lasting, world.terms(attempt))
}

interface Observed<Facts> {
  readonly seen: Observation<Facts>
  /** Of one look, there. */
  readonly attempt: Duration
  /** As long as it takes there: a machine may be slow. */
  scaled(time: Duration): Duration
}

async function observed<Query, Facts>(
  world: NixWorld,
  probe: ClusterProbe<Query, Facts>,
  query: Query,
  target: Target,
): Promise<Observed<Facts>> {
  // What names no machine is refused before the run, as for other sentences.
  if (target.machine !== undefined) await world.machine(target.machine)
  const { onRunner, access, machine: name } = clusterPlace(world, target)
  const asked = { query, access }
  const { attempt = LOOK } = probe
  if (onRunner) return { seen: tellingOnce(world, fromRunner(probe, asked)), attempt, scaled: time => time }
  const machine = await world.machine(name)
  const scaled = (time: Duration): Duration => scale(time, machine.slowness)
  return { seen: tellingOnce(world, world.observe(machine, probe, asked)), attempt: scaled(attempt), scaled }
}

/** For what is more than one probe. */
export async function observeCluster<Query, Facts>(
  world: NixWorld,
  probe: ClusterProbe<Query, Facts>,
  query: Query,
  target: Target,
): Promise<Observation<Facts>> {
  const { onRunner, access, machine } = clusterPlace(world, target)
  const asked = { query, access }
  return onRunner ? fromRunner(probe, asked) : world.observe(await world.machine(machine), probe, asked)
}

/** Asked by the runner's own kubectl. */
function fromRunner<Query, Facts>(
  probe: ClusterProbe<Query, Facts>,
  asked: { readonly query: Query; readonly access: ClusterAccess },
): Observation<Facts> {
  const run = async (command: Command, limits: RunLimits): Promise<CommandResult> => {
    await using shell = new LocalShell()
    return await shell.run(command, limits)
  }
  return {
    subject: ofCluster(probe.describe(asked)),
    look: async limits => probe.parse(await run(probe.command(asked, limits.attempt), limits), asked),
    async evidence() {
      const more = probe.evidence?.(asked)
      const said = more && (await run(more.command, { attempt: more.attempt ?? LOOK }).catch(() => undefined))
      const text = said?.stdout.toString().trimEnd() ?? ''
      return text === '' ? {} : { where: `${more?.name} below`, text }
    },
  }
}

/** Where no machine is asked, the cluster itself is what has it, unless that is said already. */
export const ofCluster = (noun: string): string => (/\bthe cluster$/.test(noun) ? noun : `${noun} of the cluster`)
