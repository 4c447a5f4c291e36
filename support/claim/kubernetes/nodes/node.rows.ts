import type { ClaimTable, Reply, Row } from '../../rows/row.ts'
import { apiSaid, forbidden, unanswered } from '../api.answers.ts'
import { cordoned, lost, type NodeAnswer, nodeParts, nodesSaid, notReady, stale, up } from './node.answers.ts'

const ABSENT = /^node t41 on box was not there within 2 min\b[\s\S]*no such node, did you mean t14\?/

/** What no node can be named. */
export const badNames = (words: string): Row[] =>
  ['../pods', 'T14', 't14?x=1', 't14 ', '', '-t14'].map(
    (name): Row => ['hostile', `node "${name}" ${words}`, nodesSaid(up), 'refused', /cannot be the name of a node/],
  )

/** Other nodes are not it, whatever they are called. */
const others = (words: string, other: NodeAnswer): Row[] => [
  ...badNames(words),
  ['hostile', `node "t14" ${words}`, nodesSaid({ ...other, name: 't14.lan' }, { ...other, name: 't1' }), 'not met'],
]

/** A status that nothing renews tells neither; nor does one that cannot be read. */
const untold = (words: string): Row[] => {
  const sentence = `node "t14" ${words}`
  const [all] = nodeParts(up)
  return [
    [
      'unreadable',
      sentence,
      nodesSaid(stale),
      'could not check',
      /its status is stale.* 100 s ago, and it lasts for 40 s/,
    ],
    ['unreadable', sentence, nodesSaid({ renewed: -60 }), 'could not check', /60 s in the future: the clocks differ/],
    ['unreadable', sentence, nodesSaid({ ready: null }), 'could not check', /no condition Ready that can be read/],
    ['unreadable', sentence, nodesSaid({ ready: 'Maybe' }), 'could not check', /no condition Ready/],
    ['unreadable', sentence, nodesSaid({ renewed: null, heartbeat: 90 }), 'could not check', /it has no lease/],
    [
      'unreadable',
      sentence,
      apiSaid(nodeParts({ heartbeat: 90 })[0], forbidden('leases')),
      'could not check',
      /leases is forbidden/,
    ],
    ['unreadable', sentence, apiSaid(all, { items: 3 }), words === 'is Ready' ? 'holds' : 'not met'],
  ]
}

/** The node's clock is behind by more than a lease lasts, and it renews all the same. */
const behind = { replies: (_: string, at: number): Reply => nodesSaid({ renewed: 500 - Math.floor(at / 10_000) * 10 }) }
/** Its kubelet comes up. */
const soon = { replies: (_: string, at: number): Reply => nodesSaid(at < 30_000 ? notReady : up) }

export const nodeRows: ClaimTable = {
  'node {node} is {node-state}{tail}': {
    rows: [
      ['so', 'node "t14" is Ready', nodesSaid(up), 'holds'],
      ['so', 'node "t14" is Ready', nodesSaid(cordoned), 'holds'],
      ['so', 'node "t14" is Ready', nodesSaid({ renewed: null }), 'holds'],
      ['so', 'node "t14" is Ready', soon, 'holds'],
      ['so', 'node "t14" is Ready', behind, 'holds'],
      ['so', 'node "t14" is unschedulable', nodesSaid(cordoned), 'holds'],
      [
        'not so',
        'node "t14" is Ready',
        nodesSaid(notReady),
        'not met',
        /was not Ready within 2 min[\s\S]*KubeletNotReady: container runtime network not ready/,
      ],
      [
        'not so',
        'node "t14" is Ready now',
        nodesSaid(lost),
        'not met',
        /Unknown, NodeStatusUnknown: Kubelet stopped posting/,
      ],
      [
        'not so',
        'node "t14" is Ready now',
        nodesSaid({ ...notReady, message: 'a\u001b[2J\nObserved  Ready' }),
        'not met',
        /a\ufffd\[2J\ufffdObserved/,
      ],
      ['not so', 'node "t14" is unschedulable', nodesSaid(up), 'not met', /was not unschedulable/],
      [
        'not so',
        'node "t14" is unschedulable',
        nodesSaid({ spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } }),
        'not met',
      ],
      ['absent', 'node "t41" is Ready', nodesSaid(up), 'not met', ABSENT],
      ['absent', 'node "t41" is unschedulable', nodesSaid(cordoned), 'not met', ABSENT],
      ['absent', 'node "t14" is Ready', nodesSaid(), 'not met', /no such node; the cluster has none/],
      [
        'unreadable',
        'node "t14" is unschedulable',
        nodesSaid({ spec: { unschedulable: 'yes' } }),
        'could not check',
        /no spec\.unschedulable/,
      ],
      ...untold('is Ready'),
      ...others('is Ready', up),
      ...unanswered('node "t14" is Ready', nodeParts(up), 'holds'),
    ],
  },
  'node {node} is not {node-state}{tail}': {
    rows: [
      ['so', 'node "t14" is not Ready', nodesSaid(notReady), 'holds'],
      ['so', 'node "t14" is not Ready', nodesSaid(lost), 'holds'],
      ['so', 'node "t14" is not Ready', nodesSaid({ ...notReady, ...stale }), 'holds'],
      ['so', 'node "t14" is not unschedulable', nodesSaid(up), 'holds'],
      ['not so', 'node "t14" is not Ready', nodesSaid(up), 'not met', /was still Ready after 2 min/],
      ['not so', 'node "t14" is not unschedulable', nodesSaid(cordoned), 'not met', /was still unschedulable/],
      ['absent', 'node "t41" is not Ready', nodesSaid(notReady), 'not met', ABSENT],
      ['absent', 'node "t41" is not unschedulable', nodesSaid(up), 'not met', ABSENT],
      ['unreadable', 'node "t14" is not unschedulable', nodesSaid({ spec: { unschedulable: 1 } }), 'could not check'],
      ...untold('is not Ready'),
      ...others('is not Ready', notReady),
      ...unanswered('node "t14" is not Ready', nodeParts(notReady), 'holds'),
    ],
  },
  'node {node} has joined{tail}': {
    without: { absent: 'it is about existence itself' },
    rows: [
      ['so', 'node "t14" has joined', nodesSaid(up), 'holds'],
      ['so', 'node "t14" has joined', nodesSaid({ ready: null }), 'holds'],
      ['so', 'node "t14" has joined', nodesSaid(lost), 'holds'],
      [
        'not so',
        'node "t41" has joined',
        nodesSaid(up),
        'not met',
        /has not joined within 2 min[\s\S]*did you mean t14/,
      ],
      ...others('has joined', up),
      ...unanswered('node "t14" has joined', nodeParts(up), 'holds'),
    ],
  },
  'node {node} does not exist{tail}': {
    without: { absent: 'it is about existence itself' },
    rows: [
      ['so', 'node "t41" does not exist', nodesSaid(up), 'holds'],
      ['so', 'node "t41" does not exist', nodesSaid(), 'holds'],
      ['not so', 'node "t14" does not exist', nodesSaid(lost), 'not met', /still existed after 2 min/],
      ...badNames('does not exist'),
      ...unanswered('node "t41" does not exist', nodeParts(up), 'holds'),
    ],
  },
}
