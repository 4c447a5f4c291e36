import { z } from 'zod'
import { seconds } from '../../core/time/duration.ts'
import { readAnswer } from '../access/api-answer.ts'
import { kubectl } from '../access/kubectl.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { type Named, type Namespaced, namespacePath, readNamespaced } from './namespaced.ts'

/** What may be told of a secret (core/v1, Secret): its values never leave kubectl. */
export interface SecretFacts {
  readonly keys: readonly string[]
}

/** Names of keys hold nothing that JSON would quote (core/v1, Secret, `data`). The last one is none: a list of JSON ends without a comma. */
const TEMPLATE =
  '{"kind":"{{.kind}}","metadata":{"name":"{{.metadata.name}}"},"keys":[{{range $key, $_ := .data}}"{{$key}}",{{end}}""]}'

const schema = z
  .object({ metadata: z.object({ name: z.string() }), keys: z.array(z.string()) })
  .transform(({ keys }): SecretFacts => ({ keys: keys.slice(0, -1) }))

export const secret: ClusterProbe<Named, Namespaced<SecretFacts>> = clusterProbe({
  budget: seconds(30),
  attempt: seconds(20),
  describe: ({ name, namespace }) => `secret ${name} in namespace ${namespace}`,
  paths: ({ namespace }) => [namespacePath(namespace)],
  others: ({ name, namespace }, look) => [
    kubectl(look, 'get', 'secret', name, '--namespace', namespace, '--output', `go-template=${TEMPLATE}`),
  ],
  parse({ said: [namespace], others: [told] }, query) {
    const what = secret.describe({ query, access: {} })
    const one = told && readAnswer(told, what)
    return readNamespaced({ one, namespace, kind: 'Secret', schema, what }, query)
  },
})
