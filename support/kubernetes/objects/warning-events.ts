import { z } from 'zod'
import { seconds } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { bodyOf, ClusterUnanswered } from '../access/api-answer.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { time } from '../fields.ts'
import { namespacePath, thereIs } from './namespaced.ts'

export interface WarningEvents {
  readonly namespace: string
  readonly hasNamespace: Fact<boolean>
  /** The newest last. */
  readonly events: readonly WarningEvent[]
  /** There are more than were asked for. */
  readonly isPart: boolean
}

/** What went wrong, as a component of the cluster has said it (core/v1, Event). The server forgets it after an hour (kube-apiserver, --event-ttl). */
export interface WarningEvent {
  /** `Pod web`. */
  readonly of: string
  readonly reason: string
  readonly message: string
  readonly count: number
  /** When it was said for the last time, in seconds since 1970; 0 when that is not told. */
  readonly last: number
}

const AT_MOST = 500

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')
const at = time.nullish().catch(undefined)
const event = z
  .object({
    involvedObject: z.object({ kind: words, name: words }),
    ...{ reason: words, message: words, count: z.int().nullish() },
    ...{ lastTimestamp: at, eventTime: at, series: z.object({ lastObservedTime: at }).nullish() },
  })
  .transform(
    ({ involvedObject: { kind, name }, reason, message, count, ...times }): WarningEvent => ({
      ...{ of: `${kind} ${name}`, reason, message, count: count ?? 1 },
      last: times.series?.lastObservedTime ?? times.lastTimestamp ?? times.eventTime ?? 0,
    }),
  )
const list = z.object({
  kind: z.literal('EventList'),
  metadata: z.object({ continue: words }),
  items: z.array(event),
})

/** All but the normal ones: there is no third type. */
export const warningEvents: ClusterProbe<string, WarningEvents> = clusterProbe({
  budget: seconds(30),
  describe: namespace => `namespace ${namespace}`,
  paths: namespace => [
    `${namespacePath(namespace)}/events?fieldSelector=type%21%3DNormal&limit=${AT_MOST}`,
    namespacePath(namespace),
  ],
  parse({ said: [all, one] }, namespace) {
    const read = list.safeParse(bodyOf(all, `the events in namespace ${namespace}`))
    if (!read.success) throw new ClusterUnanswered('the events could not be read: the answer is no list of events')
    const { items, metadata } = read.data
    const events = items.toSorted((a, b) => a.last - b.last)
    return { namespace, hasNamespace: thereIs(one), events, isPart: metadata.continue !== '' }
  },
})
