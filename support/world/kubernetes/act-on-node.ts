import { nodeExists, nodeIs } from '../../claim/kubernetes/nodes/node.ts'
import { nodeWas } from '../../claim/kubernetes/nodes/node-acted.ts'
import { not } from '../../expect/not.ts'
import { type NodeVerb, nodeAction } from '../../kubernetes/nodes/node-action.ts'
import { node } from '../../kubernetes/nodes/nodes.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { mayChangeCluster } from './may-change-cluster.ts'
import { rememberNode } from './node-marks.ts'
import { seeCluster } from './see-cluster.ts'

/** Takes a node out of the cluster's work, or back, and returns when the API says that it is so. */
export async function actOnNode(world: NixWorld, name: string, verb: NodeVerb, tail: StepSuffix): Promise<void> {
  await mayChangeCluster(world, `node "${name}"`, tail)
  // The node's own machine is changed by it, and what was on it goes to others.
  if (world.inPlay.has(name)) await world.machine(name)
  rememberNode(world, await seeCluster(world, node, name, nodeExists, tail))
  await seeCluster(world, nodeAction(verb, tail.within), name, nodeWas(verb), tail)
  const cordoned = nodeIs('unschedulable')
  const wanted = verb === 'uncordoned' ? not(cordoned, 'was still unschedulable') : cordoned
  const facts = await seeCluster(world, node, name, wanted, tail)
  if (verb !== 'uncordoned') rememberNode(world, facts)
}
