/** The pods on a node, and what ties them to it. */
import { z } from 'zod'
import { minutes, seconds } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { clusterProbe } from '../cluster-probe.ts'
import { factOf, part } from '../fields.ts'
import { nodeSelector, toleration } from './node-selector.ts'
import { type NodeFacts, readAll } from './nodes.ts'

/** Only one page of a list is not all there is. */
const listOf = <T>(kind: string, item: z.ZodType<T>) =>
  z.object({
    kind: z.literal(kind),
    metadata: z.object({ continue: z.literal('').nullish() }).nullish(),
    items: z.array(item),
  })

const named = z.object({ name: z.string(), namespace: z.string() })
const owner = z.object({ kind: z.string(), controller: z.boolean().nullish() })
const volume = z.object({ persistentVolumeClaim: z.object({ claimName: z.string() }).nullish() })

const pod = z.object({
  metadata: named.extend({
    annotations: z.record(z.string(), z.string()).nullish(),
    ownerReferences: z.array(owner).nullish(),
  }),
  spec: z.object({
    nodeName: z.string().nullish(),
    nodeSelector: z.record(z.string(), z.string()).nullish(),
    affinity: z
      .object({
        nodeAffinity: z.object({ requiredDuringSchedulingIgnoredDuringExecution: nodeSelector.nullish() }).nullish(),
      })
      .nullish(),
    tolerations: z.array(toleration).nullish(),
    volumes: z.array(volume).nullish(),
  }),
  status: part({ phase: z.string() }),
})
export type BoundPod = z.infer<typeof pod>

const claim = z.object({ metadata: named, spec: part({ volumeName: z.string().nullish() }) })
const persistentVolume = z.object({
  metadata: z.object({ name: z.string() }),
  spec: part({ nodeAffinity: z.object({ required: nodeSelector.nullish() }).nullish() }),
})

export interface Boundness {
  readonly pods: Fact<readonly BoundPod[]>
  readonly claims: Fact<readonly z.infer<typeof claim>[]>
  readonly volumes: Fact<readonly z.infer<typeof persistentVolume>[]>
  readonly nodes: readonly NodeFacts[]
}

const items = <T>(fact: Fact<{ readonly items: readonly T[] }>): Fact<readonly T[]> =>
  'unknown' in fact ? fact : { is: fact.is.items }

/** Of a node by its name, which must have been checked. */
export const podsOnNode = clusterProbe<string, Boundness>({
  budget: minutes(1),
  attempt: seconds(20),
  describe: name => `pods on node ${name}`,
  paths: name => [
    '/api/v1/nodes',
    '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
    `/api/v1/pods?fieldSelector=spec.nodeName=${name}`,
    '/api/v1/persistentvolumeclaims',
    '/api/v1/persistentvolumes',
  ],
  parse({ said: [nodes, leases, pods, claims, volumes], ...others }) {
    return {
      nodes: readAll({ ...others, said: [nodes, leases].filter(each => each !== undefined) }, undefined),
      pods: items(factOf(pods, listOf('PodList', pod), 'pods on the node')),
      claims: items(factOf(claims, listOf('PersistentVolumeClaimList', claim), 'claims')),
      volumes: items(factOf(volumes, listOf('PersistentVolumeList', persistentVolume), 'volumes')),
    }
  },
})
