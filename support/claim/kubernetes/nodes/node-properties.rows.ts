import type { CommandResult } from '../../../core/command.ts'
import type { Claims, ClaimTable, Row } from '../../rows/row.ts'
import { unanswered } from '../api.answers.ts'
import { type NodeAnswer, nodeParts, nodesSaid, up } from './node.answers.ts'
import { badNames } from './node.rows.ts'

interface Has {
  readonly so: readonly (readonly [words: string, NodeAnswer])[]
  readonly not: readonly (readonly [words: string, NodeAnswer, says?: RegExp])[]
  /** The server does not tell it. */
  readonly untold: readonly NodeAnswer[]
  /** Words that mean nothing. */
  readonly refused?: readonly (readonly [words: string, says: RegExp])[]
}

const said = (answer: NodeAnswer): CommandResult => nodesSaid(answer)
const on = (words: string): string => `node "t14" ${words}`

const ANY = /^/

/** The rows of one sentence; the first of `so` is what it says. */
function rowsOf({ so, not, untold, refused = [] }: Has): Claims {
  const [[words, holds] = ['', up]] = so
  return {
    rows: [
      ...so.map(([words, answer]): Row => ['so', on(words), said(answer), 'holds']),
      ...not.map(([words, answer, says = ANY]): Row => ['not so', on(words), said(answer), 'not met', says]),
      ...untold.map(
        (answer): Row => ['unreadable', on(words), said(answer), 'could not check', /could not be checked/],
      ),
      ...refused.map(([words, says]): Row => ['not so', on(words), said(holds), 'refused', says]),
      ['absent', `node "t41" ${words}`, said(holds), 'not met', /was not there.*did you mean t14/s],
      ['hostile', on(words), said({ ...holds, name: 't14.lan' }), 'not met', /was not there/],
      ...badNames(words),
      ...unanswered(on(words), nodeParts(holds), 'holds'),
    ],
  }
}

const ROLES = { labels: { 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/master': '' } }
const OLD = { labels: { 'kubernetes.io/role': 'worker' } }
const NO_LABELS = { labels: 3 as never }
const ROLE = 'has role "control-plane"'
const NO_ROLE = 'does not have role "worker"'

const ZONE = { labels: { 'topology.kubernetes.io/zone': 'fsn1' } }
const LABEL = 'has label "topology.kubernetes.io/zone" set to "fsn1"'
const NO_LABEL = 'does not have label "topology.kubernetes.io/zone"'

const tainted = (...taints: readonly object[]): NodeAnswer => ({ spec: { taints } })
const DB = tainted({ key: 'other', effect: 'NoExecute' }, { key: 'dedicated', value: 'db', effect: 'NoSchedule' })
const TAINT = 'has taint "dedicated=db:NoSchedule"'
const NO_TAINT = 'does not have taint "dedicated"'
const NO_TAINTS = [tainted({ key: 3 }), { spec: { taints: 'none' } }]

const addresses = (...all: readonly string[]): NodeAnswer => ({
  status: { addresses: all.map(address => ({ type: 'InternalIP', address })) },
})
const version = (kubeletVersion: unknown): NodeAnswer => ({ status: { nodeInfo: { kubeletVersion } } })
const size = (cpu: unknown, memory: unknown): NodeAnswer => ({ status: { capacity: { cpu, memory } } })

export const nodePropertyRows: ClaimTable = {
  'node {node} has role {role}{tail}': rowsOf({
    so: [
      [ROLE, ROLES],
      ['has role "master"', ROLES],
      ['has role "worker"', OLD],
    ],
    not: [
      [ROLE, up, /did not have role control-plane[\s\S]*Observed +no role/],
      ['has role "control"', ROLES, /roles control-plane, master/],
      ['has role "control-plane"', { labels: { 'example.org/control-plane': '' } }],
    ],
    untold: [NO_LABELS],
    refused: [['has role "a b"', /cannot be a role/]],
  }),
  'node {node} does not have role {role}{tail}': rowsOf({
    so: [
      [NO_ROLE, ROLES],
      [NO_ROLE, up],
    ],
    not: [[NO_ROLE, OLD, /still had role worker/]],
    untold: [NO_LABELS],
  }),
  'node {node} has label {label-key} set to {string}{tail}': rowsOf({
    so: [
      [LABEL, ZONE],
      ['has label "gpu" set to ""', { labels: { gpu: '' } }],
    ],
    not: [
      [LABEL, { labels: { 'topology.kubernetes.io/zone': 'fsn10' } }, /Observed +topology\.kubernetes\.io\/zone=fsn10/],
      [LABEL, up, /no label topology\.kubernetes\.io\/zone; there is kubernetes\.io\/hostname/],
      ['has label "constructor" set to ""', up, /no label constructor/],
      ['has label "gpu" set to ""', up],
    ],
    untold: [NO_LABELS],
    refused: [['has label "a=b" set to "c"', /cannot be the key of a label/]],
  }),
  'node {node} does not have label {label-key}{tail}': rowsOf({
    so: [
      [NO_LABEL, up],
      ['does not have label "toString"', up],
    ],
    not: [[NO_LABEL, ZONE, /still had label/]],
    untold: [NO_LABELS],
  }),
  'node {node} has taint {taint}{tail}': rowsOf({
    so: [
      [TAINT, DB],
      ['has taint "dedicated:NoSchedule"', DB],
      ['has taint "dedicated"', DB],
      ['has taint "dedicated=db"', DB],
    ],
    not: [
      [TAINT, up, /did not have taint dedicated=db:NoSchedule[\s\S]*Observed +no taint/],
      ['has taint "dedicated=db:NoExecute"', DB, /other:NoExecute, dedicated=db:NoSchedule/],
      ['has taint "dedicated="', DB],
      ['has taint "dedicate"', DB],
    ],
    untold: NO_TAINTS,
    refused: [
      ['has taint "a:NoScheduling"', /no effect of a taint[\s\S]*NoSchedule/],
      ['has taint ":NoSchedule"', /key of a label/],
    ],
  }),
  'node {node} does not have taint {taint}{tail}': rowsOf({
    so: [
      [NO_TAINT, up],
      ['does not have taint "dedicated:NoExecute"', DB],
    ],
    not: [[NO_TAINT, DB, /still had taint dedicated/]],
    untold: NO_TAINTS,
  }),
  'node {node} has address {node-address}{tail}': rowsOf({
    so: [
      ['has address "192.168.1.1"', up],
      ['has address "t14"', up],
      ['has address "fd00:0::1"', addresses('10.0.0.1', 'fd00::1')],
    ],
    not: [
      ['has address "192.168.1.10"', up, /Observed +InternalIP 192\.168\.1\.1, Hostname t14/],
      ['has address "t1"', up],
      ['has address "10.0.0.1"', addresses(), /no address/],
    ],
    untold: [{ status: { addresses: ['10.0.0.1'] } }],
    refused: [['has address "10.0.0.1 "', /no address of a node/]],
  }),
  'node {node} runs kubelet {kubelet}{tail}': rowsOf({
    so: [
      ['runs kubelet "1.20"', up],
      ['runs kubelet "v1.20.2"', up],
      ['runs kubelet "1.30.4"', version('v1.30.4+k3s1')],
      ['runs kubelet "1.36.0-rc.1"', version('v1.36.0-rc.1')],
    ],
    not: [
      ['runs kubelet "1.2"', up, /did not run kubelet 1\.2[\s\S]*Observed +kubelet v1\.20\.2/],
      ['runs kubelet "1.3"', version('v1.30.4')],
      ['runs kubelet "1.36.0"', version('v1.36.0-rc.1')],
    ],
    untold: [version(undefined), version(20), version('v0.0.0-master+$Format:%h$')],
    refused: [['runs kubelet "latest"', /no version of Kubernetes/]],
  }),
  'node {node} has at least {node-size}{tail}': rowsOf({
    so: [
      ['has at least 10 cpu and 15 GiB', up],
      ['has at least 2 cpu and 512 MiB', size('2000m', '536870912')],
    ],
    not: [
      [
        'has at least 12 cpu and 16 GiB',
        up,
        /did not have at least 12 cpu and 16 GiB[\s\S]*12 cpu and 15\.5 GiB \(\d+ bytes\)/,
      ],
      ['has at least 13 cpu and 1 GiB', up],
      ['has at least 2 cpu and 512 MiB', size('2', '536870911')],
    ],
    untold: [size('many', '1Gi'), size('2', undefined), size(2, '1Gi'), { status: { capacity: undefined } }],
    refused: [
      ['has at least 0 cpu and 1 GiB', /no size of a node/],
      ['has at least 1 cpu and 1024', /no size of a node/],
    ],
  }),
}
