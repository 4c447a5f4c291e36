import { z } from 'zod'
import { minutes, seconds } from '../../core/time/duration.ts'
import { bodyOf, ClusterUnanswered } from '../access/api-answer.ts'
import { clusterProbe } from '../cluster-probe.ts'

/** Where an API server says that it is reached by the other machines of the cluster. */
export interface ApiEndpoint {
  readonly ip: string
  readonly port: number
}

/** core/v1, Endpoints: of a subset each address has each port. */
const endpoints = z.object({
  subsets: z.array(
    z.object({
      addresses: z.array(z.object({ ip: z.string() })).nullish(),
      ports: z.array(z.object({ name: z.string().nullish(), port: z.number().int() })).nullish(),
    }),
  ),
})

/** At least one. */
export const apiEndpoints = clusterProbe<undefined, readonly ApiEndpoint[]>({
  budget: minutes(1),
  attempt: seconds(15),
  describe: () => 'the API of the cluster',
  paths: () => ['/api/v1/namespaces/default/endpoints/kubernetes'],
  parse({ said: [answer] }) {
    const { data } = endpoints.safeParse(bodyOf(answer, 'the address of the API'))
    const found = (data?.subsets ?? []).flatMap(({ addresses, ports }) =>
      (addresses ?? []).flatMap(({ ip }) => (ports ?? []).map(({ port }) => ({ ip, port }))),
    )
    if (found.length > 0) return found
    throw new ClusterUnanswered('the API server names no address at which it is reached')
  },
})
