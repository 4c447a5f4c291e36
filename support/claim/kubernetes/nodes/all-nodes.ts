import { plural } from '../../../core/text/text.ts'
import type { Expectation, Judgement } from '../../../expect/expectation.ts'
import type { NodeFacts } from '../../../kubernetes/nodes/nodes.ts'
import { wantedNumber } from '../../wanted-number.ts'
import { nodeIsReady } from './node.ts'

/** Kubernetes' own limit for one cluster (kubernetes.io/docs/setup/best-practices/cluster-large). */
const COUNT = { of: 'number of nodes', from: 1, to: 5000 }

/** So many, no more and no less, and each of them is Ready. */
export function hasNodesAllReady(count: number): Expectation<readonly NodeFacts[]> {
  const wanted = plural(wantedNumber(count, COUNT), 'node')
  const claims = new Map<string, Expectation<NodeFacts>>()
  const judge = (node: NodeFacts): Judgement => {
    const claim = claims.get(node.name) ?? nodeIsReady()
    claims.set(node.name, claim)
    return claim.judge(node)
  }
  return {
    wanted: `${wanted}, all Ready`,
    missed: `did not have ${wanted}, all Ready`,
    judge: nodes =>
      sum(
        count,
        nodes.map(node => [node.name, judge(node)]),
      ),
  }
}

/** What is surely not so outweighs what cannot be told. */
function sum(count: number, judged: readonly (readonly [string, Judgement])[]): Judgement {
  const open = judged.filter(([, { verdict }]) => verdict !== 'met')
  const state = `${judged.length - open.length} of ${judged.length} Ready`
  const seen = [state, ...open.map(([name, { seen }]) => `${name}  ${seen}`)].join('\n')
  const doubt = open.map(([name, judgement]) =>
    judgement.verdict === 'unknown' ? `${name}: ${judgement.why}` : undefined,
  )
  if (judged.length !== count || doubt.includes(undefined)) return { verdict: 'not-yet', seen, state }
  return doubt[0] === undefined ? { verdict: 'met', seen, state } : { verdict: 'unknown', seen, state, why: doubt[0] }
}
