import { z } from 'zod'
import { minutes, seconds } from '../../core/time/duration.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { part } from '../fields.ts'
import { type Named, type Namespaced, namespacePath, readNamespaced } from './namespaced.ts'

/** How an ingress is asked (networking.k8s.io/v1, Ingress): by its first rule. */
export interface IngressFacts {
  readonly url: string
  /** Of what serves it; undefined until its controller has given it one. */
  readonly address?: string
}

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')
const rule = z.object({
  host: words,
  http: z.object({ paths: z.array(z.object({ path: words })) }).nullish(),
})
const balanced = z.object({ ingress: z.array(z.object({ ip: words, hostname: words })).nullish() }).nullish()

const schema = z
  .object({
    spec: part({
      rules: z.array(rule).nullish(),
      tls: z.array(z.object({ hosts: z.array(z.string()).nullish() })).nullish(),
    }),
    status: part({ loadBalancer: balanced }),
  })
  .transform(({ spec: { rules, tls }, status }): IngressFacts => {
    const [first] = rules ?? []
    const [served] = status.loadBalancer?.ingress ?? []
    const address = served?.ip || served?.hostname || undefined
    const scheme = tls?.some(({ hosts }) => !hosts?.length || hosts.includes(first?.host ?? '')) ? 'https' : 'http'
    const [{ path } = { path: '' }] = first?.http?.paths ?? []
    return {
      url: `${scheme}://${hostOf(first?.host ?? '') ?? inUrl(address ?? 'localhost')}${PLAIN.test(path) ? path : '/'}`,
      ...(address !== undefined && ADDRESS.test(address) && { address }),
    }
  })

/** What some controllers take for a pattern is no path to ask for. */
const PLAIN = /^\/[\w./~-]*$/
const ADDRESS = /^[\w.:-]{1,253}$/

/** A rule for all hosts of a domain is asked by one of them. */
const hostOf = (host: string): string | undefined => (host === '' ? undefined : host.replace(/^\*(?=\.)/, 'www'))

const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address)

export const ingress: ClusterProbe<Named, Namespaced<IngressFacts>> = clusterProbe({
  budget: minutes(2),
  attempt: seconds(20),
  describe: ({ name, namespace }) => `ingress ${name} in namespace ${namespace}`,
  paths: ({ name, namespace }) => [
    `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`,
    namespacePath(namespace),
  ],
  parse({ said: [one, namespace] }, query) {
    const what = ingress.describe({ query, access: {} })
    return readNamespaced({ one, namespace, kind: 'Ingress', schema, what }, query)
  },
})
