import { z } from 'zod'
import { minutes, seconds } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { clusterProbe } from '../cluster-probe.ts'
import { factOf, time } from '../fields.ts'
import { askEtcd } from './ask-etcd.ts'
import { type Component, componentsIn } from './components.ts'
import { type EtcdFacts, readEtcd } from './etcd.ts'

/** That a component leads, as it says itself; what runs alone may not say it. */
export interface Leadership {
  /** `kube-scheduler`. */
  readonly name: string
  readonly holder: string
  /** Seconds. */
  readonly renewedAgo: number
  readonly lastsSeconds: number
}

export interface ControlPlane {
  readonly live: Fact<readonly Component[]>
  readonly ready: Fact<readonly Component[]>
  readonly leaders: Fact<readonly Leadership[]>
  readonly etcd: Fact<EtcdFacts> | 'none'
}

const LEADERS = ['kube-controller-manager', 'kube-scheduler']

const lease = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    holderIdentity: z.string().default(''),
    renewTime: time,
    leaseDurationSeconds: z.number().positive(),
  }),
})
const leases = z.object({ items: z.array(z.looseObject({ metadata: z.object({ name: z.string() }) })) })
const leaders = leases
  .transform(({ items }) => items.filter(({ metadata }) => LEADERS.includes(metadata.name)))
  .pipe(z.array(lease))

export const controlPlane = clusterProbe<undefined, ControlPlane>({
  budget: minutes(2),
  attempt: seconds(20),
  describe: () => 'the control plane',
  paths: () => ['/livez?verbose', '/readyz?verbose', '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases'],
  others: (_, look) => [askEtcd(look)],
  parse: ({ said: [live, ready, all], others: [etcd], now }) => ({
    live: componentsIn(live, '/livez'),
    ready: componentsIn(ready, '/readyz'),
    leaders: leadersIn(factOf(all, leaders, 'leases in kube-system'), now),
    etcd: readEtcd(etcd),
  }),
})

function leadersIn(read: Fact<z.infer<typeof leaders>>, now: number): Fact<readonly Leadership[]> {
  if ('unknown' in read) return read
  const is = read.is.map(({ metadata: { name }, spec }) => ({
    ...{ name, holder: spec.holderIdentity, renewedAgo: now - spec.renewTime },
    lastsSeconds: spec.leaseDurationSeconds,
  }))
  return { is }
}
