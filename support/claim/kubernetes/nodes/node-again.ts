import type { Expectation } from '../../../expect/expectation.ts'
import type { NodeFacts } from '../../../kubernetes/nodes/nodes.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'
import { nodeIsReady } from './node.ts'

/** What was seen of a node before what was to interrupt it. */
export interface NodeMark {
  readonly ready: boolean
  /** When its condition Ready last changed, by its own time; undefined where that is not known. */
  readonly since: number | undefined
  readonly bootId: string | undefined
  readonly unschedulable: boolean
}

export const markOf = ({ node }: NodeFacts): NodeMark | undefined =>
  node && {
    ready: known(node.ready)?.status === 'True',
    since: known(known(node.ready)?.since),
    bootId: known(node.bootId),
    unschedulable: known(node.unschedulable) === true,
  }

/** Ready, and not the Ready of before: it was interrupted since, by its condition's own time, by another boot, or by having been cordoned. */
export function nodeIsReadyAgain(before: NodeMark): Expectation<NodeFacts> {
  const is = nodeIsReady()
  return {
    ...is,
    wanted: 'Ready again',
    missed: 'did not become Ready again',
    judge(facts) {
      const judgement = is.judge(facts)
      if (judgement.verdict !== 'met' || wasInterrupted(before, facts)) return judgement
      const why = whyNotTold(facts)
      if (why !== undefined) return { verdict: 'unknown', seen: judgement.seen, why }
      return { verdict: 'not-yet', seen: `${judgement.seen}, without a break since before`, state: 'the same Ready' }
    },
  }
}

function wasInterrupted(before: NodeMark, facts: NodeFacts): boolean {
  const now = markOf(facts)
  if (!now) return false
  const differs = <T>(one: T | undefined, other: T | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other
  if (!before.ready || differs(before.since, now.since) || differs(before.bootId, now.bootId)) return true
  return before.unschedulable && !now.unschedulable
}

const whyNotTold = ({ node }: NodeFacts): string | undefined => whyUnknown(known(node?.ready)?.since)
