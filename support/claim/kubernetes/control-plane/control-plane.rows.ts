import type { ClaimTable, Reply, Row } from '../../rows/row.ts'
import { type ApiSaid, apiSaid, forbidden, plain, unanswered } from '../api.answers.ts'
import {
  alarm,
  etcdSaid,
  internalError,
  leadersSaid,
  type MemberAnswer,
  NO_ETCD,
  noMembers,
  partsSaid,
} from './control-plane.answers.ts'

const IS = 'the control plane is healthy'
const IS_NOT = 'the control plane is not healthy'

const MEMBERS: readonly MemberAnswer[] = [{ name: 't14' }, { name: 'web1' }, { name: 'web2' }]
const REFUSED = { code: 7, said: "curl: (7) Failed to connect to 10.0.0.3 port 2379: Couldn't connect to server" }
const SILENT = { code: 28, said: 'curl: (28) Connection timed out after 2001 milliseconds' }
const third = (answer: Omit<MemberAnswer, 'name'>): readonly MemberAnswer[] => [
  ...MEMBERS.slice(0, 2),
  { name: 'web2', ...answer },
]

interface Said {
  readonly live?: ApiSaid
  readonly ready?: ApiSaid
  readonly leases?: ApiSaid
  readonly etcd?: string
}

const parts = ({ live, ready, leases, etcd }: Said = {}): ApiSaid[] => [
  live ?? partsSaid('livez'),
  ready ?? partsSaid('readyz'),
  leases ?? leadersSaid(1, 2),
  plain(etcd ?? etcdSaid(MEMBERS)),
]
const said = (answers: Said): Reply => apiSaid(...parts(answers))

const WELL: readonly Said[] = [
  {},
  { etcd: NO_ETCD },
  { leases: { items: [] } },
  { etcd: etcdSaid([{ name: 't14' }]) },
  { etcd: etcdSaid([...MEMBERS, { name: 'new', learner: true }]) },
]

const ILL: readonly (readonly [Said, RegExp])[] = [
  [{ live: partsSaid('livez', 'etcd') }, /Observed +livez: etcd failed/],
  [
    { ready: partsSaid('readyz', 'poststarthook/rbac/bootstrap-roles') },
    /readyz: poststarthook\/rbac\/bootstrap-roles failed/,
  ],
  [{ ready: internalError('[+]ping ok\n[+]log o') }, /readyz: a part that is not named failed/],
  [{ leases: leadersSaid(1, 60) }, /kube-scheduler: its leader t14_4be3 has not renewed its lease for 60 s/],
  [{ leases: leadersSaid(1, 2, '') }, /kube-scheduler: it has no leader/],
  [{ etcd: etcdSaid(MEMBERS, [alarm(1)]) }, /etcd: alarm NOSPACE of web1/],
  [{ etcd: etcdSaid(third({ leader: '0' })) }, /etcd: web2: it has no leader/],
  [{ etcd: etcdSaid(third({ errors: ['etcdserver: corrupt cluster'] })) }, /etcd: web2: etcdserver: corrupt cluster/],
  [{ etcd: etcdSaid(third(REFUSED)) }, /etcd: web2: nothing answers at its address/],
  [{ etcd: etcdSaid(MEMBERS.map(each => ({ ...each, leader: '7' }))) }, /etcd: it has no leader/],
]

const UNTOLD: readonly (readonly [Said, RegExp])[] = [
  [{ live: internalError('internal') }, /livez: an error on the server/],
  [{ live: plain('[+]ping ok\n[+]lo') }, /livez: the API server answered with what is no JSON/],
  [{ leases: forbidden('leases', 'coordination.k8s.io') }, /controller-manager and scheduler: .*403/],
  [{ leases: leadersSaid(-60, 2) }, /kube-controller-manager: its lease was renewed 60 s in the future/],
  [{ etcd: etcdSaid(third(SILENT)) }, /etcd: web2: https:\/\/10\.0\.0\.3:2379: curl: \(28\) Connection timed out/],
  [{ etcd: etcdSaid(third({ ...REFUSED, client: 'http://127.0.0.1:2379' })) }, /etcd: web2: http:\/\/127/],
  [{ etcd: noMembers(127, 'sh: curl: not found') }, /etcd: .*there is no curl here/],
  [
    {
      etcd: noMembers(58, 'curl: (58) could not load PEM client certificate'),
    },
    /\(58\)/,
  ],
  [{ etcd: noMembers(0, '<html>') }, /etcd does not tell its members/],
]

const without = { absent: 'a cluster has one, or there is none that could be asked' }
const hostile = (sentence: string): Row => [
  'hostile',
  sentence,
  said({ live: partsSaid('livez', 'etcd'), etcd: etcdSaid(third({ errors: ['all\n[+]well\u001b[2J'] })) }),
  sentence === IS ? 'not met' : 'holds',
]

const WITHOUT = 'etcd keeps its quorum without "web2"'
const NOT_WITHOUT = 'etcd does not keep its quorum without "web2"'
const node = (name: string, address: string): object => ({
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }] },
})
const NODES = {
  kind: 'NodeList',
  items: [node('t14', '10.0.0.1'), node('web1', '10.0.0.2'), node('web2', '10.0.0.3'), node('w1', '10.0.0.9')],
}
const members = (...all: readonly MemberAnswer[]): Reply => apiSaid(NODES, plain(etcdSaid(all)))
const [one = { name: '' }, two = { name: '' }, three = { name: '' }] = MEMBERS

const KEEPS: readonly Reply[] = [
  members(one, two, three),
  members(one, two, { ...three, ...REFUSED }),
  members(one, two, { name: 'web2-1a2b3c4d' }),
  members(one, two, { name: 'third' }),
  members(one, two, { ...three, ...SILENT }),
  members(one, two, { name: 'other', peer: 'https://[fd00::1]:2380', client: 'https://[fd00::1]:2379' }, three, {
    name: 'fifth',
    ...SILENT,
  }),
]
const LOSES: readonly (readonly [Reply, RegExp])[] = [
  [members(three), /did not keep its quorum without web2[\s\S]*1 member, 1 needed; without web2: none is left/],
  [members(one, three), /2 members, 2 needed; without web2: t14 serves/],
  [members(one, { ...two, ...REFUSED }, three), /web1 does not serve/],
  [members(one, { ...two, learner: true }, three), /2 members, 2 needed/],
  [members(one, { name: 'web2-1a2b3c4d' }), /without web2: t14 serves/],
]
const NO_QUORUM_TOLD: readonly (readonly [Reply, RegExp])[] = [
  [members(one, { ...two, ...SILENT }, three), /web1: https:\/\/10\.0\.0\.2:2379: curl: \(28\)/],
  [apiSaid(NODES, plain(NO_ETCD)), /no etcd is found on the machine that is asked/],
  [apiSaid(forbidden('nodes'), plain(etcdSaid([one, two, { name: 'third' }]))), /403: nodes is forbidden/],
  [apiSaid(NODES, plain(noMembers(28, 'timed out'))), /etcd does not tell its members/],
]

const quorumRows = (sentence: string, keeps: 'holds' | 'not met', loses: 'holds' | 'not met'): Row[] => [
  ...KEEPS.map((each): Row => [keeps === 'holds' ? 'so' : 'not so', sentence, each, keeps]),
  ...LOSES.map(
    ([each, says]): Row => [loses === 'holds' ? 'so' : 'not so', sentence, each, loses, loses === 'holds' ? /^/ : says],
  ),
  ...NO_QUORUM_TOLD.map(([each, says]): Row => ['unreadable', sentence, each, 'could not check', says]),
  ['absent', sentence.replace('web2', 'web3'), members(one, two, three), 'not met', /etcd on box was not there/],
  ['hostile', sentence.replace('web2', 'web2/..'), members(one, two, three), 'refused', /cannot be the name of a node/],
]

export const controlPlaneRows: ClaimTable = {
  [`${IS}{tail}`]: {
    without,
    rows: [
      ...WELL.map((each): Row => ['so', IS, said(each), 'holds']),
      ...ILL.map(([each, says]): Row => ['not so', IS, said(each), 'not met', says]),
      ...UNTOLD.map(([each, says]): Row => ['unreadable', IS, said(each), 'could not check', says]),
      hostile(IS),
      ...unanswered(IS, parts(), 'holds'),
    ],
  },
  [`${IS_NOT}{tail}`]: {
    without,
    rows: [
      ...ILL.map(([each]): Row => ['so', IS_NOT, said(each), 'holds']),
      ...WELL.map((each): Row => ['not so', IS_NOT, said(each), 'not met', /was still healthy/]),
      ...UNTOLD.map(([each]): Row => ['unreadable', IS_NOT, said(each), 'could not check']),
      hostile(IS_NOT),
      ...unanswered(IS_NOT, parts({ live: partsSaid('livez', 'etcd') }), 'holds'),
    ],
  },
  'etcd keeps its quorum without {node}{tail}': {
    rows: [
      ...quorumRows(WITHOUT, 'holds', 'not met'),
      ['so', 'etcd keeps its quorum without "w1"', members(one, two, three), 'holds'],
      ...unanswered(WITHOUT, [NODES, plain(etcdSaid([one, two, { name: 'third' }]))], 'holds'),
    ],
  },
  'etcd does not keep its quorum without {node}{tail}': {
    rows: [
      ...quorumRows(NOT_WITHOUT, 'not met', 'holds'),
      ...unanswered(NOT_WITHOUT, [NODES, plain(etcdSaid([one, { ...two, ...REFUSED }, { name: 'third' }]))], 'holds'),
    ],
  },
}
