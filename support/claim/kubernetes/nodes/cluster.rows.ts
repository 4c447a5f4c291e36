import type { ClaimTable, Guest, Reply } from '../../rows/row.ts'
import { apiSaid, unanswered } from '../api.answers.ts'
import { cordoned, type NodeAnswer, nodeParts, nodesSaid, notReady, stale, up } from './node.answers.ts'

const table = (first: NodeAnswer, second: NodeAnswer): Guest => ({
  table: [['t14'], ['web1']],
  replies: nodesSaid(first, { ...second, name: 'web1' }),
})

const ALL = 'the cluster has 3 nodes, all Ready'
const three = (third: NodeAnswer): NodeAnswer[] => [up, { ...cordoned, name: 'web1' }, { ...third, name: 'web2' }]
/** The server gives a list in parts, and says where it goes on. */
const part = (): Reply => {
  const [list, leases] = nodeParts(...three(up))
  return apiSaid({ ...list, metadata: { continue: 'token' } }, leases)
}
/** The third joins late, and is Ready later. */
const late = (_: string, at: number): Reply =>
  nodesSaid(...three(at < 30_000 ? notReady : up).slice(0, at < 10_000 ? 2 : 3))

export const clusterRows: ClaimTable = {
  'these nodes are {node-state}{tail}:': {
    rows: [
      ['so', 'these nodes are Ready:', table(up, cordoned), 'holds'],
      ['so', 'these nodes are unschedulable:', table(cordoned, cordoned), 'holds'],
      [
        'not so',
        'these nodes are Ready:',
        table(up, notReady),
        'not met',
        /these 2 nodes on box were not all Ready[\s\S]*web1 {2}not Ready/,
      ],
      ['not so', 'these nodes are unschedulable:', table(cordoned, up), 'not met', /web1 {2}Ready/],
      [
        'absent',
        'these nodes are Ready:',
        { table: [['t14'], ['web1']], replies: nodesSaid(up) },
        'not met',
        /web1 {2}no such node/,
      ],
      ['unreadable', 'these nodes are Ready:', table(up, stale), 'could not check', /web1: its status is stale/],
      ['hostile', 'these nodes are Ready:', { table: [['../t14']], replies: nodesSaid(up) }, 'refused'],
      [
        'hostile',
        'these nodes are Ready:',
        { table: [['t14'], ['t14']], replies: nodesSaid(up) },
        'refused',
        /stands twice/,
      ],
      ...unanswered('these nodes are Ready:', nodeParts(up), 'holds', { table: [['t14']] }),
    ],
  },
  'the cluster has {int} node(s), all Ready{tail}': {
    rows: [
      ['so', ALL, nodesSaid(...three(up)), 'holds'],
      ['so', 'the cluster has 1 node, all Ready', nodesSaid(up), 'holds'],
      ['so', ALL, { replies: late }, 'holds'],
      [
        'not so',
        ALL,
        nodesSaid(...three(notReady)),
        'not met',
        /the cluster on box did not have 3 nodes, all Ready within 2 min[\s\S]*2 of 3 Ready\n.*web2 {2}not Ready/,
      ],
      ['not so', 'the cluster has 2 nodes, all Ready', nodesSaid(...three(up)), 'not met', /Observed +3 of 3 Ready/],
      ['not so', 'the cluster has 4 nodes, all Ready', nodesSaid(...three(up)), 'not met', /Observed +3 of 3 Ready/],
      ['not so', 'the cluster has 4 nodes, all Ready', nodesSaid(...three(stale)), 'not met'],
      ['not so', 'the cluster has 0 nodes, all Ready', nodesSaid(), 'refused', /0 is no number of nodes/],
      ['absent', 'the cluster has 1 node, all Ready', nodesSaid(), 'not met', /0 of 0 Ready/],
      ['unreadable', ALL, nodesSaid(...three(stale)), 'could not check', /web2: its status is stale/],
      ['unreadable', ALL, part(), 'could not check', /what is no list of nodes/],
      [
        'hostile',
        ALL,
        apiSaid({ kind: 'PodList', items: [] }, nodeParts(up)[1]),
        'could not check',
        /no list of nodes/,
      ],
      ...unanswered(ALL, nodeParts(...three(up)), 'holds'),
    ],
  },
}
