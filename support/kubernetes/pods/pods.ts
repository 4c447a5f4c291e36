import { z } from 'zod'
import { minutes } from '../../core/time/duration.ts'
import { type Fact, known } from '../../probe/fact.ts'
import { bodyOf, ClusterUnanswered } from '../access/api-answer.ts'
import type { ApiAnswers, ApiPath } from '../access/ask-api.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { factOf } from '../fields.ts'
import { leasesSchema, type NodeLease } from '../nodes/node-lease.ts'
import { type Named, type Namespaced, namespacePath, readNamespaced, thereIs } from '../objects/namespaced.ts'
import { evidenceOf } from './evidence.ts'
import { type Pod, podSchema } from './pod.ts'

export interface PodFacts {
  readonly pod: Pod
  /** Of its node; unknown where this user may not read it, or there is none. */
  readonly lease: Fact<NodeLease>
  /** What the clock shows where kubectl runs; seconds since 1970. */
  readonly now: number
}

/** Pods by a label: `app=web`, or several of them with commas between. */
export interface Labelled {
  readonly label: string
  readonly namespace: string
}

export interface LabelledPods {
  readonly pods: readonly PodFacts[]
  /** There are more than were asked for. */
  readonly isPart: boolean
  readonly namespace: string
  readonly hasNamespace: Fact<boolean>
}

const LEASES: ApiPath = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'
const AT_MOST = 500

const podsIn = (namespace: string): ApiPath => `${namespacePath(namespace)}/pods`

/** A pod by its exact name. */
export const pod: ClusterProbe<Named, Namespaced<PodFacts>> = clusterProbe({
  budget: minutes(2),
  describe: ({ name, namespace }) => `pod ${name} in namespace ${namespace}`,
  paths: ({ name, namespace }) => [`${podsIn(namespace)}/${name}`, namespacePath(namespace), LEASES],
  evidence: ({ query, access }) => evidenceOf(query, query.namespace, access),
  parse({ said: [one, namespace, leases], now }, query) {
    const all = factOf(leases, leasesSchema, 'leases of nodes')
    const found = readNamespaced(
      { one, namespace, kind: 'Pod', schema: podSchema, what: pod.describe({ query, access: {} }) },
      query,
    )
    return {
      ...found,
      ...(found.is && { is: { pod: found.is, lease: leaseOf(found.is, all), now } }),
    } as Namespaced<PodFacts>
  },
})

const list = z.object({
  kind: z.literal('PodList'),
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(podSchema),
})

/** All pods that have the label. */
export const podsWithLabel: ClusterProbe<Labelled, LabelledPods> = clusterProbe({
  budget: minutes(2),
  describe: ({ label, namespace }) => `pods with label ${label} in namespace ${namespace}`,
  paths: ({ label, namespace }) => [
    `${podsIn(namespace)}?labelSelector=${encodeURIComponent(label)}&limit=${AT_MOST}`,
    namespacePath(namespace),
    LEASES,
  ],
  evidence: ({ query, access }) => evidenceOf(query, query.namespace, access),
  parse: readLabelled,
})

function readLabelled({ said: [all, namespace, leases], now }: ApiAnswers, query: Labelled): LabelledPods {
  const read = list.safeParse(bodyOf(all, podsWithLabel.describe({ query, access: {} })))
  if (!read.success)
    throw new ClusterUnanswered('the pods could not be read: the API server answered with what is no list of pods')
  const byNode = factOf(leases, leasesSchema, 'leases of nodes')
  return {
    pods: read.data.items.map(each => ({ pod: each, lease: leaseOf(each, byNode), now })),
    isPart: (read.data.metadata.continue ?? '') !== '',
    namespace: query.namespace,
    hasNamespace: thereIs(namespace),
  }
}

function leaseOf({ node }: Pod, leases: Fact<ReadonlyMap<string, NodeLease>>): Fact<NodeLease> {
  const lease = known(leases)?.get(node)
  return lease ? { is: lease } : { unknown: 'its node has no lease that can be read' }
}
