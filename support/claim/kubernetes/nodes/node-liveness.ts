/** Whether what a node says of itself is still true: a kubelet that is gone cannot take back that it was Ready. */
import { formatDuration, seconds } from '../../../core/time/duration.ts'
import type { NodeFacts } from '../../../kubernetes/nodes/nodes.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'

/** How far the clocks of a node and of the machine that is asked may differ before an age says nothing; seconds. */
const CLOCKS_APART = 10
/** What a kubelet that lives does not let its status grow older than, where its lease cannot be read: as long as a lease lasts. */
const HEARTBEAT_LASTS = 40

/** The first look's renewal: another one than that was made since, whatever the clocks show. */
export interface Since {
  readonly renewed: number | undefined
}

export const renewalOf = ({ lease }: NodeFacts): Since => ({ renewed: known(lease)?.renewed })

/** Why it cannot be told whether the node's kubelet lives; undefined when it does. */
export function whyStale(facts: NodeFacts, since: Since): string | undefined {
  const { lease, now } = facts
  const is = known(lease)
  if (is === undefined) return whyNoHeartbeat(facts)
  if (since.renewed !== undefined && is.renewed !== since.renewed) return undefined
  const age = now - is.renewed
  if (age < -CLOCKS_APART) return `its lease was renewed ${span(-age)} in the future: the clocks differ`
  return age <= is.lastsSeconds
    ? undefined
    : `its status is stale: the kubelet has renewed its lease ${span(age)} ago, and it lasts for ${span(is.lastsSeconds)}`
}

function whyNoHeartbeat({ lease, node, now }: NodeFacts): string | undefined {
  const heartbeat = known(known(node?.ready)?.heartbeat)
  const age = heartbeat === undefined ? Number.NaN : now - heartbeat
  if (age >= -CLOCKS_APART && age <= HEARTBEAT_LASTS) return undefined
  return `whether its kubelet lives cannot be told: ${whyUnknown(lease)}`
}

const span = (count: number): string => formatDuration(seconds(Math.round(count)))
