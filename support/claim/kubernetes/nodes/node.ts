import { visible } from '../../../core/text/visible.ts'
import { type Claim, claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { NodeFacts } from '../../../kubernetes/nodes/nodes.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'
import { renewalOf, type Since, whyStale } from './node-liveness.ts'

export type NodeState = 'Ready' | 'unschedulable'

export const nodeIs = (state: NodeState): Expectation<NodeFacts> =>
  state === 'Ready' ? nodeIsReady() : isUnschedulable

/** By its condition Ready, as long as its kubelet lives. What is False or Unknown is not Ready, as kubectl has it. */
export function nodeIsReady(): Expectation<NodeFacts> {
  let first: Since | undefined
  const stale = (facts: NodeFacts): string | undefined => {
    first ??= renewalOf(facts)
    return known(facts.node?.ready)?.status === 'True' ? whyStale(facts, first) : undefined
  }
  return ofNode({
    wanted: 'Ready',
    missed: 'was not Ready',
    unknown: facts => whyUnknown(facts.node?.ready) ?? stale(facts),
    holds: ({ node }) => known(node?.ready)?.status === 'True',
    state: ({ node }) => (node ? readyInAWord(node.ready) : 'no such node'),
  })
}

/** `kubectl cordon` and what drains say so in the node's spec; taints alone do not. */
const isUnschedulable: Expectation<NodeFacts> = ofNode({
  wanted: 'unschedulable',
  missed: 'was not unschedulable',
  unknown: ({ node }) => whyUnknown(node?.unschedulable),
  holds: ({ node }) => known(node?.unschedulable) === true,
})

/** Registered at the API server, Ready or not. */
export const nodeExists: Expectation<NodeFacts> = claim({
  wanted: 'has joined',
  missed: 'has not joined',
  holds: ({ node }) => node !== undefined,
  seen: seenNode,
})

/** Of a node that is not there nothing holds but that. It may join at any time: the wait goes on. */
export function ofNode(parts: Omit<Claim<NodeFacts>, 'seen'> & Partial<Claim<NodeFacts>>): Expectation<NodeFacts> {
  return claim({ absent: ({ node }) => node === undefined, seen: seenNode, ...parts })
}

/** `Ready, unschedulable, kubelet v1.20.2`. */
export function seenNode({ node, nearest, others }: NodeFacts): string {
  if (!node) return noSuchNode(nearest, others)
  return [
    seenReady(node.ready),
    known(node.unschedulable) === true && 'unschedulable',
    known(node.kubelet) !== undefined && `kubelet ${visible(known(node.kubelet) ?? '')}`,
  ]
    .filter(Boolean)
    .join(', ')
}

type Ready = NonNullable<NodeFacts['node']>['ready']

function seenReady(ready: Ready): string {
  const condition = known(ready)
  if (!condition) return `unknown: ${whyUnknown(ready)}`
  if (condition.status === 'True') return 'Ready'
  const why = [condition.reason, condition.message]
    .filter(Boolean)
    .map(text => visible(text).slice(0, 300))
    .join(': ')
  return `not Ready (${condition.status}${why && `, ${why}`})`
}

const READY_WORDS = { True: 'Ready', False: 'not Ready', Unknown: 'not Ready (Unknown)' } as const

const readyInAWord = (ready: Ready): string => READY_WORDS[known(ready)?.status ?? 'Unknown']

const MOST_NAMES = 10

function noSuchNode(nearest: string | undefined, others: readonly string[]): string {
  if (nearest !== undefined) return `no such node, did you mean ${nearest}?`
  if (others.length === 0) return 'no such node; the cluster has none'
  const more = others.length > MOST_NAMES ? `, and ${others.length - MOST_NAMES} more` : ''
  return `no such node; there is ${others.slice(0, MOST_NAMES).join(', ')}${more}`
}
