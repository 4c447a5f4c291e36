/** What the API says of nodes, for rows. */
import type { CommandResult } from '../../../core/command.ts'
import { type ApiSaid, ago, apiSaid } from '../api.answers.ts'

export interface NodeAnswer {
  readonly name?: string
  /** Of the condition Ready; null: it has none. */
  readonly ready?: string | null
  readonly reason?: string
  readonly message?: string
  /** Seconds ago. */
  readonly since?: number
  readonly heartbeat?: number
  /** Null: it has no lease. */
  readonly renewed?: number | null
  readonly labels?: Readonly<Record<string, string>>
  /** Laid over these parts. */
  readonly spec?: object
  readonly status?: object
}

const RUNS = {
  name: 't14',
  ready: 'True',
  reason: 'KubeletReady',
  message: 'kubelet is posting ready status',
  since: 3600,
  heartbeat: 20,
  renewed: 5,
  labels: { 'kubernetes.io/hostname': 't14' },
} as const

export const up: NodeAnswer = RUNS
/** As its kubelet says. */
export const notReady: NodeAnswer = {
  ready: 'False',
  reason: 'KubeletNotReady',
  message: 'container runtime network not ready: cni plugin not initialized',
}
/** As the node controller says when it has not heard of the kubelet. */
export const lost: NodeAnswer = {
  ready: 'Unknown',
  reason: 'NodeStatusUnknown',
  message: 'Kubelet stopped posting node status.',
  heartbeat: 100,
  renewed: 100,
}
/** Its kubelet has died, and the node controller does not look. */
export const stale: NodeAnswer = { renewed: 100, heartbeat: 100 }
export const cordoned: NodeAnswer = { spec: { unschedulable: true } }

function toNode(answer: NodeAnswer): object {
  const { name, ready, reason, message, since, heartbeat, labels, spec = {}, status = {} } = { ...RUNS, ...answer }
  const condition = { type: 'Ready', status: ready, reason, message }
  const times = { lastTransitionTime: ago(since), lastHeartbeatTime: ago(heartbeat) }
  return {
    metadata: { name, labels },
    spec: { podCIDR: '10.1.0.0/24', ...spec },
    status: {
      conditions: [{ type: 'DiskPressure', status: 'False' }, ...(ready === null ? [] : [{ ...condition, ...times }])],
      addresses: [
        { type: 'InternalIP', address: '192.168.1.1' },
        { type: 'Hostname', address: name },
      ],
      capacity: { cpu: '12', memory: '16266740Ki', pods: '110' },
      nodeInfo: { kubeletVersion: 'v1.20.2', bootID: 'b00t' },
      ...status,
    },
  }
}

const toLeases = (answer: NodeAnswer): object[] => {
  const { name, renewed } = { ...RUNS, ...answer }
  if (renewed === null) return []
  return [{ metadata: { name }, spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: ago(renewed) } }]
}

/** The answers to the paths of the probe of nodes. */
export const nodeParts = (...all: readonly NodeAnswer[]): [ApiSaid, ApiSaid] => [
  { kind: 'NodeList', items: all.map(toNode) },
  { kind: 'LeaseList', items: all.flatMap(toLeases) },
]

export const nodesSaid = (...all: readonly NodeAnswer[]): CommandResult => apiSaid(...nodeParts(...all))
