import type { ClaimTable, Reply, Row } from '../../rows/row.ts'
import { type ApiSaid, apiSaid, forbidden, unanswered } from '../api.answers.ts'
import { cordoned, lost, type NodeAnswer, nodeParts, stale, up } from './node.answers.ts'

const SENTENCE = 'no pod has only node "t14"'
const WEB = { ...up, name: 'web1', labels: { 'kubernetes.io/hostname': 'web1', disk: 'ssd' } }

interface Pod {
  readonly owner?: string
  readonly phase?: string
  readonly annotations?: object
  readonly spec?: object
}

const pod = ({ owner = 'ReplicaSet', phase = 'Running', annotations, spec = {} }: Pod): object => ({
  metadata: {
    ...{ name: 'shop-1', namespace: 'shop', ...(annotations && { annotations }) },
    ...(owner !== '' && { ownerReferences: [{ kind: owner, name: 'shop', controller: true }] }),
  },
  spec: { nodeName: 't14', ...spec },
  status: { phase },
})

interface Cluster {
  readonly pods?: readonly Pod[]
  readonly others?: readonly NodeAnswer[]
  /** Of the nodes to which the volume `pv` is bound. */
  readonly volumeOn?: string
}

const list = (kind: string, items: readonly object[]): object => ({ kind, metadata: {}, items })
const hostIs = (name: string): object => ({
  nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] }],
})

function parts({ pods = [{}], others = [WEB], volumeOn }: Cluster = {}): [object, ...object[]] {
  const volume = {
    metadata: { name: 'pv' },
    spec: volumeOn === undefined ? {} : { nodeAffinity: { required: hostIs(volumeOn) } },
  }
  const claim = { metadata: { name: 'data', namespace: 'shop' }, spec: { volumeName: 'pv' } }
  return [
    ...(nodeParts(up, ...others) as [object, object]),
    list('PodList', pods.map(pod)),
    list('PersistentVolumeClaimList', [claim]),
    list('PersistentVolumeList', [volume]),
  ]
}

const said = (cluster: Cluster): Reply => apiSaid(...parts(cluster))
const withPod = (one: Pod, others?: readonly NodeAnswer[]): Reply => said({ pods: [one], ...(others && { others }) })
const instead = (at: number, answer: ApiSaid, cluster: Cluster = {}): Reply =>
  apiSaid(...parts(cluster).with(at, answer as object))

const DATA = {
  spec: {
    volumes: [
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'tmp', emptyDir: {} },
    ],
  },
}
const LOST_CLAIM = { spec: { volumes: [{ persistentVolumeClaim: { claimName: 'other' } }] } }
const TAINTED: NodeAnswer = { ...WEB, spec: { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] } }
const TOLERANT = { spec: { tolerations: [{ key: 'dedicated', operator: 'Exists' }] } }
const required = (name: string): Pod => ({
  spec: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: hostIs(name) } } },
})

const SO: readonly Reply[] = [
  said({}),
  said({ pods: [] }),
  withPod({ owner: 'DaemonSet' }),
  withPod({ owner: '', annotations: { 'kubernetes.io/config.mirror': 'a' } }),
  withPod({ owner: '', phase: 'Succeeded' }),
  withPod({ spec: { nodeSelector: { disk: 'ssd' } } }),
  withPod(required('web1')),
  withPod(TOLERANT, [TAINTED]),
  withPod(
    {},
    [stale, WEB].map((each, at) => ({ ...each, name: at === 0 ? 'web2' : 'web1' })),
  ),
  said({ pods: [DATA] }),
  said({ pods: [DATA], volumeOn: 'web1' }),
]
const NOT: readonly (readonly [Reply, RegExp])[] = [
  [
    withPod({ owner: '' }),
    /pods on node t14 on box include some that have only t14 within 60 s[\s\S]*shop\/shop-1: nothing makes it anew elsewhere/,
  ],
  [withPod({}, []), /shop\/shop-1: no other node may have it/],
  [withPod({}, [{ ...cordoned, name: 'web1' }]), /no other node/],
  [withPod({}, [{ ...lost, name: 'web1' }]), /no other node/],
  [withPod({}, [TAINTED]), /no other node/],
  [withPod({ spec: { nodeSelector: { disk: 'hdd' } } }), /no other node/],
  [withPod(required('t14')), /no other node/],
  [said({ pods: [DATA], volumeOn: 't14' }), /no other node/],
]
const UNTOLD: readonly (readonly [Reply, RegExp])[] = [
  [instead(2, forbidden('pods')), /403: pods is forbidden/],
  [instead(2, { kind: 'PodList', metadata: { continue: 'more' }, items: [] }), /pods on the node/],
  [instead(3, forbidden('persistentvolumeclaims'), { pods: [DATA] }), /persistentvolumeclaims is forbidden/],
  [instead(4, forbidden('persistentvolumes'), { pods: [DATA] }), /persistentvolumes is forbidden/],
  [withPod(LOST_CLAIM), /one of its claims has no volume/],
  [withPod({}, [{ ...stale, name: 'web1' }]), /cannot be told of another node whether it is Ready/],
  [withPod({}, [{ ...WEB, labels: 3 as never }]), /cannot be told of another node/],
]

export const onlyNodeRows: ClaimTable = {
  'no pod has only node {node}{tail}': {
    rows: [
      ...SO.map((each): Row => ['so', SENTENCE, each, 'holds']),
      ...NOT.map(([each, says]): Row => ['not so', SENTENCE, each, 'not met', says]),
      ...UNTOLD.map(([each, says]): Row => ['unreadable', SENTENCE, each, 'could not check', says]),
      ['absent', 'no pod has only node "t41"', said({ pods: [] }), 'not met', /was not there[\s\S]*no such node/],
      ['hostile', 'no pod has only node "t14,metadata.name=x"', said({}), 'refused', /cannot be the name of a node/],
      ...unanswered(SENTENCE, parts(), 'holds'),
    ],
  },
}
