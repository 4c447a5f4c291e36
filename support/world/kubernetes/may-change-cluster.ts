import { refuse } from '../../core/refusal.ts'
import { READ_ONLY } from '../guard.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { clusterPlace } from './see-cluster.ts'

/**
 * What is changed in a cluster comes to pods on any of its machines: all in play are changed by it. The one that is asked is guarded when it is
 * taken for that.
 * @throws UsageError where the runner asks a cluster that is only looked at
 */
export async function mayChangeCluster(world: NixWorld, what: string, tail: StepSuffix): Promise<void> {
  // What names no machine is refused before the run, as for other sentences.
  if (tail.machine !== undefined) await world.machine(tail.machine)
  const { onRunner } = clusterPlace(world, tail)
  if (onRunner && !world.context.settings.kubernetes?.allow?.includes('changes'))
    throw refuse({
      what: `This step changes ${what} of a cluster that is only looked at`,
      expected: READ_ONLY,
      next: "if it may do so, in the configuration: kubernetes: { allow: ['changes'] }",
    })
  for (const machine of world.inPlay.values()) await world.context.machines.markDirty(machine)
}
