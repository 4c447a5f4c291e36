import { tail } from '../../../core/text/text.ts'
import { visible } from '../../../core/text/visible.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { NodeAction, NodeVerb } from '../../../kubernetes/nodes/node-action.ts'

/** kubectl has done it. What it refuses, such as pods that nothing would make anew, does not change by asking again. */
export const nodeWas = (verb: NodeVerb): Expectation<NodeAction> =>
  claim({
    wanted: verb,
    missed: `was not ${verb}`,
    holds: ({ done }) => done,
    seen: ({ said }) => visible(tail(said, 10), '\n'),
    state: ({ done }) => (done ? verb : 'refused'),
    hopeless: ({ said }) => visible(lastLine(said)) || 'kubectl has failed without a word',
  })

const lastLine = (text: string): string => (text.trim().split('\n').at(-1) ?? '').replace(/^error: /, '')
