/** What runs pods and keeps them running (apps/v1, batch/v1), as its controller says it is. */
import { z } from 'zod'
import { type Fact, known } from '../../probe/fact.ts'
import { field, orEmpty, part } from '../fields.ts'

export interface WorkloadFacts {
  /** How many pods it should have. */
  readonly wanted: Fact<number>
  /** Those of its newest version; not counted where its pods are not replaced by themselves. */
  readonly updated?: Fact<number>
  /** Ready for as long as it wants; of a job those that have ended well. */
  readonly available: Fact<number>
  /** Of all versions, where older ones are taken away by and by. */
  readonly all?: Fact<number>
  /** Its controller has seen its newest version; until then the numbers are those of an older one. */
  readonly isSeen: Fact<boolean>
  readonly conditions: Fact<readonly Condition[]>
}

export interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')
const conditions = orEmpty(
  z.array(z.object({ type: z.string(), status: z.string(), reason: words, message: words })),
  [],
  'status.conditions',
)
const count = z.int().nonnegative()
const counted = (name: string) => orEmpty(count, 0, `status.${name}`)
const metadata = part({ generation: field(count, 'metadata.generation') })
const observedGeneration = orEmpty(count, 0, 'status.observedGeneration')

const isSeen = (generation: Fact<number>, observed: Fact<number>): Fact<boolean> => {
  if ('unknown' in generation) return generation
  return 'unknown' in observed ? observed : { is: observed.is >= generation.is }
}

export const deployment = z
  .object({
    metadata,
    spec: part({ replicas: field(count, 'spec.replicas') }),
    status: part({
      ...{ observedGeneration, conditions, replicas: counted('replicas') },
      ...{ updatedReplicas: counted('updatedReplicas'), availableReplicas: counted('availableReplicas') },
    }),
  })
  .transform(
    ({ metadata: { generation }, spec, status }): WorkloadFacts => ({
      ...{ wanted: spec.replicas, updated: status.updatedReplicas, available: status.availableReplicas },
      ...{ all: status.replicas, conditions: status.conditions },
      isSeen: isSeen(generation, status.observedGeneration),
    }),
  )

/** `OnDelete`: its pods keep their version until they are deleted. */
const strategy = orEmpty(z.looseObject({ type: z.string().optional() }), {}, 'spec.updateStrategy')
const isRolling = (said: Fact<{ type?: string | undefined }>): boolean => known(said)?.type !== 'OnDelete'

export const daemonSet = z
  .object({
    metadata,
    spec: part({ updateStrategy: strategy }),
    status: part({
      ...{ observedGeneration, conditions, desiredNumberScheduled: field(count, 'status.desiredNumberScheduled') },
      ...{ updatedNumberScheduled: counted('updatedNumberScheduled'), numberAvailable: counted('numberAvailable') },
    }),
  })
  .transform(
    ({ metadata: { generation }, spec, status }): WorkloadFacts => ({
      ...{ wanted: status.desiredNumberScheduled, available: status.numberAvailable, conditions: status.conditions },
      ...(isRolling(spec.updateStrategy) && { updated: status.updatedNumberScheduled }),
      isSeen: isSeen(generation, status.observedGeneration),
    }),
  )

/** Until 1.22 a stateful set has no `availableReplicas` (and no `minReadySeconds`): those that are Ready are available. */
export const statefulSet = z
  .object({
    metadata,
    spec: part({
      replicas: field(count, 'spec.replicas'),
      updateStrategy: orEmpty(
        z.looseObject({
          type: z.string().optional(),
          rollingUpdate: z.looseObject({ partition: count.nullish() }).nullish(),
        }),
        {},
        'spec.updateStrategy',
      ),
      minReadySeconds: orEmpty(count, 0, 'spec.minReadySeconds'),
    }),
    status: part({
      ...{ observedGeneration, conditions, readyReplicas: counted('readyReplicas') },
      ...{ updatedReplicas: counted('updatedReplicas'), availableReplicas: field(count, 'status.availableReplicas') },
    }),
  })
  .transform(({ metadata: { generation }, spec, status }): WorkloadFacts => {
    const isWhole = isRolling(spec.updateStrategy) && !known(spec.updateStrategy)?.rollingUpdate?.partition
    const ready = known(spec.minReadySeconds) === 0 ? status.readyReplicas : status.availableReplicas
    return {
      ...{ wanted: spec.replicas, conditions: status.conditions },
      available: 'is' in status.availableReplicas ? status.availableReplicas : ready,
      ...(isWhole && { updated: status.updatedReplicas }),
      isSeen: isSeen(generation, status.observedGeneration),
    }
  })

/** Its controller counts no generations. */
export const job = z
  .object({
    spec: part({ completions: orEmpty(count, 1, 'spec.completions') }),
    status: part({ conditions, succeeded: counted('succeeded') }),
  })
  .transform(
    ({ spec, status }): WorkloadFacts => ({
      ...{ wanted: spec.completions, available: status.succeeded, conditions: status.conditions },
      isSeen: { is: true },
    }),
  )
