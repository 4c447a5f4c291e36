/** What a scenario has seen of nodes: "again" means after that. */
import { markOf, type NodeMark } from '../../claim/kubernetes/nodes/node-again.ts'
import { refuse } from '../../core/refusal.ts'
import type { NodeFacts } from '../../kubernetes/nodes/nodes.ts'
import type { NixWorld } from '../world.ts'

const seen = new WeakMap<NixWorld, Map<string, NodeMark>>()

export function rememberNode(world: NixWorld, facts: NodeFacts): void {
  const mark = markOf(facts)
  const known = seen.get(world) ?? new Map<string, NodeMark>()
  seen.set(world, known)
  if (mark) known.set(facts.name, mark)
}

/** @throws UsageError when this scenario has not seen the node before */
export function rememberedNode(world: NixWorld, name: string): NodeMark {
  const mark = seen.get(world)?.get(name)
  if (mark) return mark
  throw refuse({
    what: `"again" since when? This scenario has not seen node "${name}"`,
    next: `say before what interrupts it: Then node "${name}" is Ready`,
  })
}
