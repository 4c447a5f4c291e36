import { plural } from '../../../core/text/text.ts'
import { visible } from '../../../core/text/visible.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { EtcdMember } from '../../../kubernetes/control-plane/etcd.ts'
import { isOnNode, type QuorumFacts } from '../../../kubernetes/control-plane/quorum.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'

/** More than half of the members that vote must serve (etcd.io/docs, faq: "What is failure tolerance?"). */
export const keepsQuorumWithout = (node: string): Expectation<QuorumFacts> =>
  claim({
    wanted: `a quorum without ${node}`,
    missed: `did not keep its quorum without ${node}`,
    unknown: facts => whyNotTold(facts, node),
    absent: facts => known(facts.addresses) === undefined && !votersOf(facts).some(each => isOn(each, node, facts)),
    holds: facts => count(facts, node).serving >= count(facts, node).needed,
    seen: facts => inWords(facts, node),
  })

const votersOf = ({ etcd }: QuorumFacts): readonly EtcdMember[] =>
  etcd === 'none' ? [] : (known(etcd)?.members ?? []).filter(({ learner }) => !learner)

const isOn = (member: EtcdMember, node: string, { addresses }: QuorumFacts): boolean =>
  isOnNode(member, node, addresses)

interface Count {
  readonly needed: number
  readonly serving: number
  /** Those of which it is not known. */
  readonly unknown: readonly EtcdMember[]
}

function count(facts: QuorumFacts, node: string): Count {
  const voters = votersOf(facts)
  const rest = voters.filter(each => !isOn(each, node, facts))
  return {
    needed: Math.floor(voters.length / 2) + 1,
    serving: rest.filter(({ serves }) => known(serves) === true).length,
    unknown: rest.filter(({ serves }) => known(serves) === undefined),
  }
}

function whyNotTold(facts: QuorumFacts, node: string): string | undefined {
  const { etcd, addresses } = facts
  if (etcd === 'none') return 'no etcd is found on the machine that is asked'
  const why = whyUnknown(etcd)
  if (why !== undefined) return why
  if (!votersOf(facts).some(each => isOn(each, node, facts)) && 'unknown' in addresses) return addresses.unknown
  const { needed, serving, unknown } = count(facts, node)
  const [first] = unknown
  if (!first || serving >= needed || serving + unknown.length < needed) return undefined
  return `${first.name}: ${whyUnknown(first.serves)}`
}

function inWords(facts: QuorumFacts, node: string): string {
  if (facts.etcd === 'none') return 'no etcd'
  const voters = votersOf(facts)
  const rest = voters.filter(each => !isOn(each, node, facts))
  const told = rest.map(each => `${visible(each.name) || each.id} ${stateOf(each)}`)
  const without = rest.length === voters.length ? `none of them on ${node}` : `without ${node}`
  return `${plural(voters.length, 'member')}, ${count(facts, node).needed} needed; ${without}: ${told.join(', ') || 'none is left'}`
}

function stateOf({ serves }: EtcdMember): string {
  const is = known(serves)
  if (is === undefined) return 'is unknown'
  return is === true ? 'serves' : `does not serve (${visible(is.fault)})`
}
