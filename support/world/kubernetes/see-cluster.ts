/** Sentences about a cluster: asked on one of its machines, or by the runner where the configuration says so. */
import type { Duration } from '../../core/time/duration.ts'
import type { Expectation, LookLimits, Observation } from '../../expect/expectation.ts'
import type { ClusterAccess } from '../../kubernetes/access/access.ts'
import type { ClusterProbe } from '../../kubernetes/cluster-probe.ts'
import { LocalShell } from '../../shell/local.ts'
import type { StepSuffix, Target } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'

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
  // What names no machine is refused before the run, as for other sentences.
  if (tail.machine !== undefined) await world.machine(tail.machine)
  const { onRunner, access, machine } = clusterPlace(world, tail)
  const asked = { query, access }
  if (!onRunner) return world.see(probe, asked, wanted, { ...tail, ...(machine !== undefined && { machine }) })
  const seen = fromRunner(probe, asked)
  const terms = world.terms(probe.attempt)
  return tail.now ? world.once(seen, wanted, terms) : world.eventually(seen, wanted, tail.within ?? probe.budget, terms)
}

/** Asks the cluster, and wants it to be so all that time. */
export async function keepSeeingCluster<Query, Facts>(
  world: NixWorld,
  probe: ClusterProbe<Query, Facts>,
  query: Query,
  wanted: Expectation<Facts>,
  { lasting, ...target }: Target & { readonly lasting: Duration },
): Promise<Facts> {
  const { onRunner, access, machine } = clusterPlace(world, target)
  const asked = { query, access }
  if (onRunner) return world.always(fromRunner(probe, asked), wanted, lasting, world.terms(probe.attempt))
  return world.keepSeeing(probe, asked, wanted, { ...(machine !== undefined && { machine }), lasting })
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
  return {
    subject: `${probe.describe(asked)} of the cluster`,
    async look(limits: LookLimits): Promise<Facts> {
      await using shell = new LocalShell()
      return probe.parse(await shell.run(probe.command(asked, limits.attempt), limits), asked)
    },
  }
}
