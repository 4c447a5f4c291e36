import { plural } from '../../../core/text/text.ts'
import { visible } from '../../../core/text/visible.ts'
import { formatDuration, seconds } from '../../../core/time/duration.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { Component } from '../../../kubernetes/control-plane/components.ts'
import type { ControlPlane, Leadership } from '../../../kubernetes/control-plane/control-plane.ts'
import type { EtcdFacts, EtcdMember } from '../../../kubernetes/control-plane/etcd.ts'
import { type Fact, known, whyUnknown } from '../../../probe/fact.ts'

/** What is surely wrong, and what cannot be told, each in words. */
interface Findings {
  readonly faults: readonly string[]
  readonly doubts: readonly string[]
}

/** One fault outweighs what cannot be told; without any, all must be known. */
export const isHealthy: Expectation<ControlPlane> = claim({
  wanted: 'healthy',
  missed: 'was not healthy',
  unknown: facts => (of(facts).faults.length > 0 ? undefined : of(facts).doubts[0]),
  holds: facts => of(facts).faults.length === 0,
  seen: facts => [...of(facts).faults, ...of(facts).doubts].map(text => visible(text)).join('\n') || wellInWords(facts),
  state: facts => (of(facts).faults.length > 0 ? 'not healthy' : of(facts).doubts.length > 0 ? 'unknown' : 'healthy'),
})

function of({ live, ready, leaders, etcd }: ControlPlane): Findings {
  const parts = [components('livez', live), components('readyz', ready), leading(leaders), etcdFindings(etcd)]
  return { faults: parts.flatMap(each => each.faults), doubts: parts.flatMap(each => each.doubts) }
}

const doubted = (what: string, fact: Fact<unknown>): string[] => {
  const why = whyUnknown(fact)
  return why === undefined ? [] : [`${what}: ${why}`]
}

const components = (path: string, fact: Fact<readonly Component[]>): Findings => ({
  faults: (known(fact) ?? []).filter(({ ok }) => !ok).map(({ name }) => `${path}: ${name} failed`),
  doubts: doubted(path, fact),
})

/** How far the clocks of two machines may differ before an age says nothing; seconds. */
const CLOCKS_APART = 10

function leading(fact: Fact<readonly Leadership[]>): Findings {
  const all = known(fact) ?? []
  const late = all.filter(
    ({ holder, renewedAgo, lastsSeconds }) => holder === '' || renewedAgo > lastsSeconds + CLOCKS_APART,
  )
  const early = all.filter(({ renewedAgo }) => renewedAgo < -CLOCKS_APART)
  return {
    faults: late.map(({ name, holder, renewedAgo }) =>
      holder === ''
        ? `${name}: it has no leader`
        : `${name}: its leader ${holder} has not renewed its lease for ${span(renewedAgo)}`,
    ),
    doubts: [
      ...doubted('controller-manager and scheduler', fact),
      ...early.map(
        ({ name, renewedAgo }) =>
          `${name}: its lease was renewed ${span(-renewedAgo)} in the future: the clocks differ`,
      ),
    ],
  }
}

function etcdFindings(etcd: ControlPlane['etcd']): Findings {
  if (etcd === 'none') return { faults: [], doubts: [] }
  const { members = [], alarms = [] } = known(etcd) ?? {}
  const answered = members.every(({ serves }) => known(serves) !== undefined)
  return {
    faults: [
      ...members.flatMap(faultOf),
      ...alarms.map(alarm => `etcd: alarm ${alarm}`),
      ...(members.length > 0 && answered && !members.some(({ leads }) => leads) ? ['etcd: it has no leader'] : []),
    ],
    doubts: [...doubted('etcd', etcd), ...members.flatMap(each => doubted(`etcd: ${nameOf(each)}`, each.serves))],
  }
}

const faultOf = (member: EtcdMember): string[] => {
  const serves = known(member.serves)
  return typeof serves === 'object' ? [`etcd: ${nameOf(member)}: ${serves.fault}`] : []
}

const nameOf = ({ name, id }: EtcdMember): string => name || `member ${id}`

/** `livez 20 checks, readyz 22 checks, led by t14, etcd 3 members with t14 for leader and no alarms`. */
function wellInWords({ live, ready, leaders, etcd }: ControlPlane): string {
  const led = (known(leaders) ?? []).map(({ name, holder }) => `${name} ${visible(holder)}`)
  return [
    `livez ${plural(known(live)?.length ?? 0, 'check')}`,
    `readyz ${plural(known(ready)?.length ?? 0, 'check')}`,
    ...led,
    etcd === 'none' ? 'etcd not here' : etcdInWords(known(etcd)),
  ].join(', ')
}

const etcdInWords = ({ members = [] }: Partial<EtcdFacts> = {}): string =>
  `etcd ${plural(members.length, 'member')}, leader ${visible(
    members
      .filter(({ leads }) => leads)
      .map(nameOf)
      .join(', '),
  )}, no alarm`

const span = (count: number): string => formatDuration(seconds(Math.round(count)))
