import { nodeExists, nodeIs } from '../../claim/kubernetes/nodes/node.ts'
import { nodeWas } from '../../claim/kubernetes/nodes/node-acted.ts'
import { refuse } from '../../core/refusal.ts'
import { not } from '../../expect/not.ts'
import { type NodeVerb, nodeAction } from '../../kubernetes/nodes/node-action.ts'
import { node } from '../../kubernetes/nodes/nodes.ts'
import { READ_ONLY } from '../guard.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { rememberNode } from './node-marks.ts'
import { clusterPlace, seeCluster } from './see-cluster.ts'

/** Takes a node out of the cluster's work, or back, and returns when the API says that it is so. */
export async function actOnNode(world: NixWorld, name: string, verb: NodeVerb, tail: StepSuffix): Promise<void> {
  await mayChange(world, name, tail)
  rememberNode(world, await seeCluster(world, node, name, nodeExists, tail))
  await seeCluster(world, nodeAction(verb, tail.within), name, nodeWas(verb), tail)
  const cordoned = nodeIs('unschedulable')
  const wanted = verb === 'uncordoned' ? not(cordoned, 'was still unschedulable') : cordoned
  const facts = await seeCluster(world, node, name, wanted, tail)
  if (verb !== 'uncordoned') rememberNode(world, facts)
}

/** The node's own machine is changed by it, and what was on it goes to others. @throws UsageError where that is not allowed */
async function mayChange(world: NixWorld, name: string, tail: StepSuffix): Promise<void> {
  const { onRunner } = clusterPlace(world, tail)
  if (onRunner && !world.context.settings.kubernetes?.allow?.includes('changes'))
    throw refuse({
      what: `This step changes node "${name}" of a cluster that is only looked at`,
      expected: READ_ONLY,
      next: "if it may do so, in the configuration: kubernetes: { allow: ['changes'] }",
    })
  if (world.inPlay.has(name)) await world.machine(name)
  for (const machine of world.inPlay.values()) await world.context.machines.markDirty(machine)
}
