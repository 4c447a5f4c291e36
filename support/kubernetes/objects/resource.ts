import { z } from 'zod'
import { minutes, seconds } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { bodyOf, ClusterUnanswered, readAnswer } from '../access/api-answer.ts'
import { kubectl } from '../access/kubectl.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { type Named, namespacePath, thereIs } from './namespaced.ts'

/** Anything that the server knows, by kubectl's word for it: `deployment`, `deployments.apps`, `certificate`. */
export interface ResourceQuery extends Named {
  readonly resource: string
}

export interface ResourceFacts {
  readonly query: ResourceQuery
  /** As the API has it; undefined when there is none of that name. */
  readonly is?: Readonly<Record<string, unknown>>
  /** The server does not know what that is. */
  readonly isNoKind?: true
  readonly hasNamespace: Fact<boolean>
}

/** kubectl's words when the server has told all that it can do (kubectl, "cmd/util/factory_client_access.go"). */
const NO_KIND = /^error: the server doesn't have a resource type "[^"\n]*"$/

const schema = z.looseObject({ kind: z.string(), apiVersion: z.string() })

export const resource: ClusterProbe<ResourceQuery, ResourceFacts> = clusterProbe({
  budget: minutes(2),
  attempt: seconds(20),
  describe: ({ resource: kind, name, namespace }) =>
    `${kind} ${name}${namespace === 'default' ? '' : ` in namespace ${namespace}`}`,
  paths: ({ namespace }) => [namespacePath(namespace)],
  others: ({ resource: kind, name, namespace }, look) => [
    kubectl(look, 'get', kind, name, '--namespace', namespace, '--output', 'json'),
  ],
  parse({ said: [namespace], others: [told] }, query) {
    const what = resource.describe({ query, access: {} })
    const hasNamespace = thereIs(namespace)
    const answer = told && readAnswer(told, what)
    if (answer && 'absent' in answer) return { query, hasNamespace }
    if (answer && 'said' in answer && NO_KIND.test(answer.said)) return { query, hasNamespace, isNoKind: true }
    const read = schema.safeParse(bodyOf(answer, what))
    if (read.success && !isSecret(read.data)) return { query, hasNamespace, is: read.data }
    throw new ClusterUnanswered(
      `${what} could not be read: ${read.success ? 'its values are secret' : 'it has no kind'}`,
    )
  },
})

const isSecret = ({ kind, apiVersion }: z.infer<typeof schema>): boolean => kind === 'Secret' && apiVersion === 'v1'
