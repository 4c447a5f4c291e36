/** A service, and the addresses that stand behind it. */
import { z } from 'zod'
import { minutes } from '../../core/time/duration.ts'
import { type Fact, known } from '../../probe/fact.ts'
import type { ApiAnswer } from '../access/api-answer.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { factOf, part } from '../fields.ts'
import { type Named, type Namespaced, namespacePath, readNamespaced } from './namespaced.ts'

export interface ServiceFacts {
  /** `ExternalName`: it is an alias of a name, and has no addresses of its own. */
  readonly type: string
  readonly endpoints: Fact<Endpoints>
}

export interface Endpoints {
  /** Of what is Ready. */
  readonly ready: readonly string[]
  readonly notReady: readonly string[]
}

const service = z
  .object({ spec: part({ type: z.string().nullish() }) })
  .transform(({ spec }) => spec.type ?? 'ClusterIP')

const addresses = z
  .array(z.object({ ip: z.string() }))
  .nullish()
  .transform(all => (all ?? []).map(({ ip }) => ip))

/** core/v1, Endpoints: on its way out since 1.33, and there in every version. */
const endpoints = z
  .object({
    kind: z.literal('Endpoints'),
    subsets: z.array(z.object({ addresses, notReadyAddresses: addresses })).nullish(),
  })
  .transform(
    ({ subsets }): Endpoints => ({
      ready: (subsets ?? []).flatMap(each => each.addresses),
      notReady: (subsets ?? []).flatMap(each => each.notReadyAddresses),
    }),
  )

/** discovery.k8s.io/v1, since 1.21. What is not said to be ready or not is to be taken for ready. */
const slices = z
  .object({
    kind: z.literal('EndpointSliceList'),
    items: z.array(
      z.object({
        endpoints: z
          .array(
            z.object({
              addresses: z.array(z.string()),
              conditions: z.object({ ready: z.boolean().nullish() }).nullish(),
            }),
          )
          .nullish(),
      }),
    ),
  })
  .transform(({ items }): Endpoints => {
    const all = items.flatMap(each => each.endpoints ?? [])
    const isReady = (each: (typeof all)[number]): boolean => each.conditions?.ready ?? true
    return {
      ready: all.filter(isReady).flatMap(each => each.addresses),
      notReady: all.filter(each => !isReady(each)).flatMap(each => each.addresses),
    }
  })

export const serviceEndpoints: ClusterProbe<Named, Namespaced<ServiceFacts>> = clusterProbe({
  budget: minutes(2),
  describe: ({ name, namespace }) => `service ${name} in namespace ${namespace}`,
  paths: ({ name, namespace }) => [
    `${namespacePath(namespace)}/services/${name}`,
    namespacePath(namespace),
    `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D${name}`,
    `${namespacePath(namespace)}/endpoints/${name}`,
  ],
  parse({ said: [one, namespace, sliced, listed] }, query) {
    const what = serviceEndpoints.describe({ query, access: {} })
    const { is: type, ...found } = readNamespaced({ one, namespace, kind: 'Service', schema: service, what }, query)
    return type === undefined ? found : { ...found, is: { type, endpoints: behind(sliced, listed) } }
  },
})

/** The newer form where the server has it; a service to which nothing was ever given has none in the older one. */
function behind(sliced: ApiAnswer | undefined, listed: ApiAnswer | undefined): Fact<Endpoints> {
  const newer = factOf(sliced, slices, 'endpoint slices')
  if (known(newer)) return newer
  if (listed && 'absent' in listed) return { is: { ready: [], notReady: [] } }
  return factOf(listed, endpoints, 'endpoints')
}
