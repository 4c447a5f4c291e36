/** What a scenario has seen of nodes: "again" means after that. */
import { markOf, type NodeMark, nodeIsReadyAgain } from '../../claim/kubernetes/nodes/node-again.ts'
import { refuse } from '../../core/refusal.ts'
import { type NodeFacts, node } from '../../kubernetes/nodes/nodes.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { clusterPlace, seeCluster } from './see-cluster.ts'

const seen = new WeakMap<NixWorld, Map<string, NodeMark>>()

export function rememberNode(world: NixWorld, facts: NodeFacts): void {
  const mark = markOf(facts)
  const known = seen.get(world) ?? new Map<string, NodeMark>()
  seen.set(world, known)
  if (mark) known.set(facts.name, mark)
}

/** @throws UsageError when this scenario has not seen the node before */
export async function seeNodeAgain(world: NixWorld, name: string, tail: StepSuffix): Promise<void> {
  // Before the run, when no scenario has seen anything, a step ends here.
  clusterPlace(world, tail)
  await seeCluster(world, node, name, nodeIsReadyAgain(rememberedNode(world, name)), tail)
}

function rememberedNode(world: NixWorld, name: string): NodeMark {
  const mark = seen.get(world)?.get(name)
  if (mark) return mark
  throw refuse({
    what: `"again" since when? This scenario has not seen node "${name}"`,
    next: `say before what interrupts it: Then node "${name}" is Ready`,
  })
}
