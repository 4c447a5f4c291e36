/** A node as the API has it (core/v1, Node), as far as sentences speak of it. */
import { z } from 'zod'
import type { Fact } from '../../probe/fact.ts'
import { field, orEmpty, part, time } from '../fields.ts'

/** What the kubelet, or in its place the node controller, last said of the node. */
export interface ReadyCondition {
  /** `Unknown`: the kubelet has not been heard of for the time that the node controller waits. */
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  /** Seconds since 1970, by the clock of who said it. */
  readonly since: Fact<number>
  readonly heartbeat: Fact<number>
}

export interface Taint {
  readonly key: string
  readonly value: string
  readonly effect: string
}

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')

const ready = z
  .object({
    type: z.literal('Ready'),
    status: z.enum(['True', 'False', 'Unknown']),
    reason: words,
    message: words,
    lastTransitionTime: field(time, 'lastTransitionTime of the condition Ready'),
    lastHeartbeatTime: field(time, 'lastHeartbeatTime of the condition Ready'),
  })
  .transform(
    ({ status, reason, message, lastTransitionTime: since, lastHeartbeatTime: heartbeat }): ReadyCondition => ({
      ...{ status, reason, message, since, heartbeat },
    }),
  )

/** The others are of no concern here, and may have any form. */
const conditions = z
  .array(z.looseObject({ type: z.string() }))
  .transform(all => all.find(({ type }) => type === 'Ready'))
  .pipe(ready)

const taint = z.object({ key: z.string(), value: words, effect: z.string() })
/** Of the type `InternalIP`, `ExternalIP`, `Hostname` … */
const address = z.object({ type: z.string(), address: z.string() })
const labels = z.record(z.string(), z.string())

export const nodeSchema = z
  .object({
    metadata: z.object({ name: z.string(), labels: orEmpty(labels, {}, 'metadata.labels') }),
    spec: part({
      unschedulable: orEmpty(z.boolean(), false, 'spec.unschedulable'),
      taints: orEmpty(z.array(taint), [], 'spec.taints'),
    }),
    status: part({
      conditions: field(conditions, 'condition Ready'),
      addresses: orEmpty(z.array(address), [], 'status.addresses'),
      capacity: field(labels, 'status.capacity'),
      nodeInfo: part({
        kubeletVersion: field(z.string(), 'status.nodeInfo.kubeletVersion'),
        bootID: field(z.string(), 'status.nodeInfo.bootID'),
      }),
    }),
  })
  .transform(({ metadata, spec, status }) => ({
    ...metadata,
    ...spec,
    ready: status.conditions,
    addresses: status.addresses,
    capacity: status.capacity,
    kubelet: status.nodeInfo.kubeletVersion,
    bootId: status.nodeInfo.bootID,
  }))

export type Node = z.infer<typeof nodeSchema>
