import { z } from 'zod'
import { seconds } from '../../core/time/duration.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { type Named, type Namespaced, namespacePath, readNamespaced } from './namespaced.ts'

/** Whether there is one of that name (core/v1, ConfigMap). */
export const configMap: ClusterProbe<Named, Namespaced<object>> = clusterProbe({
  budget: seconds(30),
  describe: ({ name, namespace }) => `config map ${name} in namespace ${namespace}`,
  paths: ({ name, namespace }) => [`${namespacePath(namespace)}/configmaps/${name}`, namespacePath(namespace)],
  parse: ({ said: [one, namespace] }, query) =>
    readNamespaced(
      { one, namespace, kind: 'ConfigMap', schema: FORM, what: configMap.describe({ query, access: {} }) },
      query,
    ),
})

const FORM = z.object({ metadata: z.object({ name: z.string() }) })
