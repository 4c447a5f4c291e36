/** Claims of storage, and the classes that serve them (core/v1 PersistentVolumeClaim, storage.k8s.io/v1 StorageClass). */
import { z } from 'zod'
import { nearest } from '../../core/text/nearest.ts'
import { minutes, seconds } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { bodyOf, ClusterUnanswered } from '../access/api-answer.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { field, orEmpty, part } from '../fields.ts'
import { type Named, type Namespaced, namespacePath, readNamespaced } from './namespaced.ts'

export interface VolumeClaimFacts {
  /** `Lost`: its volume is gone, for good. */
  readonly phase: Fact<'Pending' | 'Bound' | 'Lost'>
  /** Empty: it names none. */
  readonly storageClass: string
  readonly volume: string
}

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')

const KIND = 'PersistentVolumeClaim'
const claimed = z
  .object({
    spec: part({ storageClassName: words, volumeName: words }),
    status: part({ phase: field(z.enum(['Pending', 'Bound', 'Lost']), 'status.phase') }),
  })
  .transform(
    ({ spec, status }): VolumeClaimFacts => ({
      ...{ phase: status.phase, storageClass: spec.storageClassName, volume: spec.volumeName },
    }),
  )

export const volumeClaim: ClusterProbe<Named, Namespaced<VolumeClaimFacts>> = clusterProbe({
  budget: minutes(2),
  describe: ({ name, namespace }) => `claim ${name} in namespace ${namespace}`,
  paths: ({ name, namespace }) => [
    `${namespacePath(namespace)}/persistentvolumeclaims/${name}`,
    namespacePath(namespace),
  ],
  parse: ({ said: [one, namespace] }, query) =>
    readNamespaced(
      { one, namespace, kind: KIND, schema: claimed, what: volumeClaim.describe({ query, access: {} }) },
      query,
    ),
})

export interface StorageClassFacts {
  readonly name: string
  /** Undefined when there is none of that name. */
  readonly isDefault?: Fact<boolean>
  /** The names of all that say that they are the default. */
  readonly defaults: readonly string[]
  readonly nearest?: string
}

/** The second is what Kubernetes has read as well, since before 1.6. */
const DEFAULT = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class']

const storageClasses = z.object({
  kind: z.literal('StorageClassList'),
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        annotations: orEmpty(z.record(z.string(), z.string()), {}, 'metadata.annotations'),
      }),
    }),
  ),
})

export const storageClass: ClusterProbe<string, StorageClassFacts> = clusterProbe({
  budget: seconds(30),
  describe: name => `storage class ${name}`,
  paths: () => ['/apis/storage.k8s.io/v1/storageclasses'],
  parse({ said: [all] }, name) {
    const read = storageClasses.safeParse(bodyOf(all, 'the storage classes'))
    if (!read.success)
      throw new ClusterUnanswered('the storage classes could not be read: the answer is no list of them')
    const found = read.data.items.map(({ metadata }) => ({
      name: metadata.name,
      isDefault: isDefault(metadata.annotations),
    }))
    const near = nearest(
      name,
      found.map(each => each.name),
    )
    const one = found.find(each => each.name === name)
    return {
      name,
      ...(one ? { isDefault: one.isDefault } : near !== undefined && { nearest: near }),
      defaults: found.flatMap(each => ('is' in each.isDefault && each.isDefault.is ? each.name : [])),
    }
  },
})

const isDefault = (annotations: Fact<Readonly<Record<string, string>>>): Fact<boolean> =>
  'unknown' in annotations ? annotations : { is: DEFAULT.some(key => annotations.is[key] === 'true') }
