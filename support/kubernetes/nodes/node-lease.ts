/** The lease by which a node's kubelet says that it lives (coordination.k8s.io/v1, in the namespace kube-node-lease). */
import { z } from 'zod'
import { time } from '../fields.ts'

export interface NodeLease {
  /** Seconds since 1970, by the node's own clock. */
  readonly renewed: number
  /** How long it counts after that; 40 unless the kubelet is told otherwise (nodeLeaseDurationSeconds). */
  readonly lastsSeconds: number
}

const lease = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ renewTime: time, leaseDurationSeconds: z.number().positive() }),
})

/** By the names of their nodes. One that cannot be read is left out: nothing is known of it then. */
export const leasesSchema = z
  .object({ items: z.array(lease.optional().catch(undefined)) })
  .transform(
    ({ items }): ReadonlyMap<string, NodeLease> =>
      new Map(
        items.flatMap(item =>
          item
            ? [[item.metadata.name, { renewed: item.spec.renewTime, lastsSeconds: item.spec.leaseDurationSeconds }]]
            : [],
        ),
      ),
  )
