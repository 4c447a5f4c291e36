import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import { unanswered } from '../api.answers.ts'
import { cordoned, lost, type NodeAnswer, nodeParts, nodesSaid, notReady, stale, up } from './node.answers.ts'
import { badNames } from './node.rows.ts'

const AGAIN = 'node "t14" becomes Ready again'
const BEFORE = 'node "t14" is Ready'

/** What the sentence before sees, and what is seen from then on. */
function then(after: Guest['replies'], before: NodeAnswer = up, sentence = BEFORE): Guest {
  let looks = 0
  const replies = (script: string, at: number): Reply => {
    if (looks++ === 0) return nodesSaid(before)
    return (typeof after === 'function' ? after(script, at) : after) ?? nodesSaid()
  }
  return { before: [sentence], replies }
}

const seen = (before: NodeAnswer, after: NodeAnswer, sentence?: string): Guest =>
  then(nodesSaid(after), before, sentence)

const rebooted = { status: { nodeInfo: { kubeletVersion: 'v1.20.2', bootID: 'other' } } }
const timeless = { status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: 'soon' }] } }
/** Its link is cut, and mended: an hour ago it has become Ready for the first time. */
const comesBack = (_: string, at: number): Reply => {
  if (at < 20_000) return nodesSaid(up)
  return nodesSaid(at < 60_000 ? lost : { since: 1 })
}

export const nodeAgainRows: ClaimTable = {
  'node {node} becomes Ready again{tail}': {
    rows: [
      ['so', AGAIN, seen(up, { since: 30 }), 'holds'],
      ['so', AGAIN, seen(up, rebooted), 'holds'],
      ['so', AGAIN, seen(cordoned, up), 'holds'],
      ['so', AGAIN, seen(notReady, up, 'node "t14" has joined'), 'holds'],
      ['so', AGAIN, then(comesBack), 'holds'],
      [
        'not so',
        AGAIN,
        seen(up, up),
        'not met',
        /did not become Ready again within 2 min[\s\S]*without a break since before/,
      ],
      ['not so', AGAIN, seen(up, cordoned), 'not met', /without a break since before/],
      ['not so', AGAIN, seen(up, lost), 'not met', /NodeStatusUnknown/],
      ['not so', `${AGAIN} within 30 seconds`, then(comesBack), 'not met', /not become Ready again within 30 s/],
      ['not so', AGAIN, nodesSaid(up), 'refused', /"again" since when\? This scenario has not seen node "t14"/],
      ['absent', AGAIN, then(nodesSaid()), 'not met', /was not there/],
      ['unreadable', AGAIN, seen(up, { ...stale, since: 30 }), 'could not check', /its status is stale/],
      ['unreadable', AGAIN, seen(up, timeless), 'could not check', /no lastTransitionTime/],
      ...badNames('becomes Ready again'),
      ...unanswered(AGAIN, nodeParts({ since: 30 }), 'holds').map(remembering),
    ],
  },
}

/** The same row for a node that was Ready before. */
function remembering([kind, sentence, guest, outcome, says = /^/]: Row): Row {
  const replies = 'exitCode' in guest || guest instanceof Error ? guest : guest.replies
  return [kind, sentence, then(replies), outcome, says]
}
