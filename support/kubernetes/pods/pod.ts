/** A pod as the API has it (core/v1, Pod), as far as sentences speak of it. */
import { z } from 'zod'
import { known } from '../../probe/fact.ts'
import { field, orEmpty, part } from '../fields.ts'
import { containerSchema } from './container.ts'

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')

/** `Unknown` has not been set since 1.x, and says that the node's word is missing. */
const phase = z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'])

const condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: words,
  message: words,
})

const containers = orEmpty(z.array(containerSchema), [], 'status.containerStatuses')

export const podSchema = z
  .object({
    metadata: z.object({
      name: z.string(),
      uid: field(z.string().min(1), 'metadata.uid'),
      deletionTimestamp: z.string().nullish(),
      ownerReferences: orEmpty(
        z.array(z.looseObject({ controller: z.boolean().optional() })),
        [],
        'metadata.ownerReferences',
      ),
    }),
    spec: part({
      nodeName: words,
      restartPolicy: field(z.enum(['Always', 'OnFailure', 'Never']), 'spec.restartPolicy'),
    }),
    status: part({
      phase: field(phase, 'status.phase'),
      reason: words,
      message: words,
      conditions: orEmpty(z.array(condition), [], 'status.conditions'),
      containerStatuses: containers,
      initContainerStatuses: orEmpty(z.array(containerSchema), [], 'status.initContainerStatuses'),
    }),
  })
  .transform(({ metadata, spec, status }) => ({
    name: metadata.name,
    uid: metadata.uid,
    /** It was told to end, and may take its time. */
    isEnding: typeof metadata.deletionTimestamp === 'string',
    /** Something makes it anew when it has ended. */
    isOwned: known(metadata.ownerReferences)?.some(({ controller }) => controller) ?? true,
    /** Empty until it has a node. */
    node: spec.nodeName,
    restartPolicy: spec.restartPolicy,
    phase: status.phase,
    /** Of all of it: `Evicted`, `NodeLost`. */
    reason: status.reason,
    message: status.message,
    conditions: status.conditions,
    containers: status.containerStatuses,
    initContainers: status.initContainerStatuses,
  }))

export type Pod = z.infer<typeof podSchema>
