/** What the API says of pods, for rows: as Kubernetes 1.20 says it where nothing else is said. */
import type { CommandResult } from '../../../core/command.ts'
import { type ApiSaid, ago, apiSaid, NAMESPACE, notFound } from '../api.answers.ts'

export interface PodAnswer {
  readonly name?: string
  readonly uid?: string
  readonly phase?: string
  /** Of the condition Ready; null: it has none. */
  readonly ready?: string | null
  /** Of its only container, as the kubelet says it. */
  readonly state?: object
  readonly restarts?: number
  readonly before?: object
  readonly restartPolicy?: string
  /** Empty: it has no node yet. */
  readonly node?: string
  readonly isEnding?: boolean
  /** A deployment makes another one in its place. */
  readonly isOwned?: boolean
  /** Laid over its status. */
  readonly status?: object
  /** Of the lease of its node, seconds ago; null: it has none. */
  readonly renewed?: number | null
}

export const runningFor = (seconds: number): object => ({ running: { startedAt: ago(seconds) } })
const OVER = { exitCode: 1, reason: 'Error', startedAt: ago(90), finishedAt: ago(80) }

const RUNS = {
  ...{ name: 'web', uid: 'u1', phase: 'Running', ready: 'True', state: runningFor(600), restarts: 0, before: {} },
  ...{ restartPolicy: 'Always', node: 't14', isEnding: false, isOwned: false, status: {}, renewed: 5 },
} as const

export const up: PodAnswer = RUNS
/** Its image cannot be had. */
export const noImage: PodAnswer = {
  ...{ phase: 'Pending', ready: 'False' },
  state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "wbe:1"' } },
}
/** No node has room for it. */
export const unscheduled: PodAnswer = {
  ...{ phase: 'Pending', node: '' },
  status: {
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/3 nodes are available: 3 Insufficient cpu.',
      },
    ],
    containerStatuses: undefined,
  },
}
export const crashes: PodAnswer = {
  ...{ ready: 'False', restarts: 5, before: { terminated: OVER } },
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s restarting failed container=web' } },
}
/** Between two crashes. */
export const runsAgain: PodAnswer = { restarts: 5, before: { terminated: OVER }, state: runningFor(12) }
export const done: PodAnswer = {
  ...{ phase: 'Succeeded', ready: 'False', restartPolicy: 'Never' },
  state: { terminated: { ...OVER, exitCode: 0, reason: 'Completed' } },
}
export const failed: PodAnswer = {
  ...{ phase: 'Failed', ready: 'False', restartPolicy: 'Never', state: { terminated: OVER } },
}
/** Running, and its readiness probe fails. */
export const unready: PodAnswer = { ready: 'False' }

/** As 1.34 says it: with a sidecar (since 1.28), the user of a container (1.31), resources in place (1.33), generations of conditions (1.33). */
export const newer: PodAnswer = {
  status: {
    ...{ observedGeneration: 1, hostIPs: [{ ip: '10.0.0.5' }], podIPs: [{ ip: '10.1.0.7' }], qosClass: 'Burstable' },
    conditions: [
      ...['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(type => ({
        ...{ type, status: 'True', observedGeneration: 1, lastProbeTime: null, lastTransitionTime: ago(600) },
      })),
    ],
    initContainerStatuses: [
      { name: 'proxy', state: runningFor(610), lastState: {}, restartCount: 0, ready: true, started: true },
    ],
    containerStatuses: [
      {
        ...{ name: 'web', state: runningFor(600), lastState: {}, restartCount: 0, ready: true, started: true },
        ...{ allocatedResources: { cpu: '100m' }, resources: { requests: { cpu: '100m' } } },
        ...{ user: { linux: { uid: 0, gid: 0 } }, volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      },
    ],
  },
}

export function toPod(answer: PodAnswer): object {
  const { name, uid, phase, ready, state, restarts, before, status, ...rest } = { ...RUNS, ...answer }
  return {
    metadata: {
      ...{ name, uid },
      ...(rest.isEnding && { deletionTimestamp: ago(3) }),
      ...(rest.isOwned && { ownerReferences: [{ kind: 'ReplicaSet', name: 'web', controller: true }] }),
    },
    spec: {
      ...(rest.node && { nodeName: rest.node }),
      restartPolicy: rest.restartPolicy,
      containers: [{ name: 'web' }],
    },
    status: {
      phase,
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        ...(ready === null ? [] : [{ type: 'Ready', status: ready }]),
      ],
      containerStatuses: [{ name: 'web', state, lastState: before, restartCount: restarts, ready: ready === 'True' }],
      ...status,
    },
  }
}

const leasesOf = (all: readonly PodAnswer[]): ApiSaid => ({
  kind: 'LeaseList',
  items: all.flatMap(each => {
    const { node, renewed } = { ...RUNS, ...each }
    return renewed === null
      ? []
      : [{ metadata: { name: node }, spec: { leaseDurationSeconds: 40, renewTime: ago(renewed) } }]
  }),
})

/** The answers to the paths of the probe of one pod. */
export const podParts = (one: PodAnswer): [ApiSaid, ApiSaid, ApiSaid] => [
  { kind: 'Pod', ...toPod(one) },
  NAMESPACE,
  leasesOf([one]),
]
export const podSaid = (one: PodAnswer): CommandResult => apiSaid(...podParts(one))
export const noPod = (namespace: ApiSaid = NAMESPACE): CommandResult =>
  apiSaid(notFound('pods', 'web'), namespace, leasesOf([]))

/** The answers to the paths of the probe of pods with a label. */
export const podListParts = (...all: readonly PodAnswer[]): [ApiSaid, ApiSaid, ApiSaid] => [
  { kind: 'PodList', metadata: {}, items: all.map(toPod) },
  NAMESPACE,
  leasesOf(all),
]
export const podsSaid = (...all: readonly PodAnswer[]): CommandResult => apiSaid(...podListParts(...all))
export const noPods = (namespace: ApiSaid = NAMESPACE): CommandResult =>
  apiSaid(podListParts()[0], namespace, leasesOf([]))
/** Those that there are, and more. */
export const somePods = (...all: readonly PodAnswer[]): CommandResult => {
  const [list, ...others] = podListParts(...all)
  return apiSaid({ ...list, metadata: { continue: 'abc' } }, ...others)
}
