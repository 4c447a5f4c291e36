import type { z } from 'zod'
import { minutes } from '../../core/time/duration.ts'
import type { ApiPath } from '../access/ask-api.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { evidenceOf } from '../pods/evidence.ts'
import { type Named, type Namespaced, namespacePath, readNamespaced } from './namespaced.ts'
import { daemonSet, deployment, job, statefulSet, type WorkloadFacts } from './workload-forms.ts'

export type WorkloadKind = 'deployment' | 'daemon set' | 'stateful set' | 'job'

export interface Workload extends Named {
  readonly kind: WorkloadKind
}

/** An object in a namespace, of a kind that has a place of its own in the API. */
const PLACES: Readonly<Record<WorkloadKind, (namespace: string) => ApiPath>> = {
  deployment: namespace => `/apis/apps/v1/namespaces/${namespace}/deployments`,
  'daemon set': namespace => `/apis/apps/v1/namespaces/${namespace}/daemonsets`,
  'stateful set': namespace => `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
  job: namespace => `/apis/batch/v1/namespaces/${namespace}/jobs`,
}

export const workload: ClusterProbe<Workload, Namespaced<WorkloadFacts>> = clusterProbe({
  budget: minutes(5),
  describe: ({ kind, name, namespace }) => `${kind} ${name} in namespace ${namespace}`,
  paths: ({ kind, name, namespace }) => [`${PLACES[kind](namespace)}/${name}`, namespacePath(namespace)],
  evidence: ({ query, access }) => evidenceOf(query, query.namespace, access),
  parse({ said: [one, namespace] }, query) {
    const what = workload.describe({ query, access: {} })
    return readNamespaced({ one, namespace, ...FORMS[query.kind], what }, query)
  },
})

const FORMS: Readonly<Record<WorkloadKind, { readonly kind: string; readonly schema: z.ZodType<WorkloadFacts> }>> = {
  deployment: { kind: 'Deployment', schema: deployment },
  'daemon set': { kind: 'DaemonSet', schema: daemonSet },
  'stateful set': { kind: 'StatefulSet', schema: statefulSet },
  job: { kind: 'Job', schema: job },
}
