import { z } from 'zod'
import { nearest } from '../../core/text/nearest.ts'
import { these } from '../../core/text/text.ts'
import { minutes } from '../../core/time/duration.ts'
import { type Fact, known, whyUnknown } from '../../probe/fact.ts'
import { bodyOf, ClusterUnanswered } from '../access/api-answer.ts'
import type { ApiAnswers, ApiPath } from '../access/ask-api.ts'
import { clusterProbe } from '../cluster-probe.ts'
import { factOf } from '../fields.ts'
import { type Node, nodeSchema } from './node.ts'
import { leasesSchema, type NodeLease } from './node-lease.ts'

/** What the cluster says of one node. */
export interface NodeFacts {
  /** The name that was asked for. */
  readonly name: string
  /** Undefined when the cluster has none of that name. */
  readonly node?: Node
  /** The names of all that it has. */
  readonly others: readonly string[]
  readonly nearest?: string
  readonly lease: Fact<NodeLease>
  /** What the clock shows where kubectl runs; seconds since 1970. */
  readonly now: number
}

const PATHS: readonly ApiPath[] = ['/api/v1/nodes', '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases']

/** One that goes on elsewhere is not all there is (`metadata.continue`, core/v1, ListMeta). */
const list = z.object({
  kind: z.literal('NodeList'),
  metadata: z.object({ continue: z.literal('').nullish() }).nullish(),
  items: z.array(nodeSchema),
})

/** Many nodes in one round trip, by their names; facts in the order of the names. */
export const nodes = clusterProbe<readonly string[], readonly NodeFacts[]>({
  budget: minutes(2),
  describe: names => these(names.length, 'node'),
  paths: () => PATHS,
  parse: readAll,
})

/** One node by its exact name. */
export const node = clusterProbe<string, NodeFacts>({
  budget: minutes(2),
  describe: name => `node ${name}`,
  paths: () => PATHS,
  parse(answers, name) {
    const [facts] = readAll(answers, [name])
    if (!facts) throw new ClusterUnanswered(`node ${name} could not be read`)
    return facts
  },
})

/** All there are. */
export const allNodes = clusterProbe<undefined, readonly NodeFacts[]>({
  budget: minutes(2),
  describe: () => 'the cluster',
  paths: () => PATHS,
  parse: answers => readAll(answers, undefined),
})

/** @param names all there are when left out */
export function readAll({ said: [all, leases], now }: ApiAnswers, names: readonly string[] | undefined): NodeFacts[] {
  const found = readNodes(bodyOf(all, 'the nodes'))
  const known = factOf(leases, leasesSchema, 'leases of nodes')
  return (names ?? found.map(({ name }) => name)).map(name => factsOf(name, { found, leases: known, now }))
}

function readNodes(body: unknown): readonly Node[] {
  const read = list.safeParse(body)
  if (read.success) return read.data.items
  throw new ClusterUnanswered('the nodes could not be read: the API server answered with what is no list of nodes')
}

interface Surroundings {
  readonly found: readonly Node[]
  readonly leases: Fact<ReadonlyMap<string, NodeLease>>
  readonly now: number
}

function factsOf(name: string, { found, leases, now }: Surroundings): NodeFacts {
  const node = found.find(each => each.name === name)
  const others = found.map(each => each.name)
  const near = node ? undefined : nearest(name, others)
  return {
    name,
    others,
    now,
    lease: leaseOf(name, leases),
    ...(node && { node }),
    ...(near !== undefined && { nearest: near }),
  }
}

function leaseOf(name: string, leases: Fact<ReadonlyMap<string, NodeLease>>): Fact<NodeLease> {
  const lease = known(leases)?.get(name)
  return lease ? { is: lease } : { unknown: whyUnknown(leases) ?? 'it has no lease that can be read' }
}
