/** What the API says of what runs pods, for rows. */
import type { WorkloadKind } from '../../../kubernetes/objects/workload.ts'

export interface WorkloadAnswer {
  readonly wanted?: number
  readonly updated?: number
  readonly available?: number
  /** Of an older version. */
  readonly older?: number
  /** So many versions its controller has not seen. */
  readonly behind?: number
  readonly conditions?: readonly object[]
  /** Laid over these parts. */
  readonly spec?: object
  readonly status?: object
}

const condition = (type: string, status: string, reason: string, message = ''): object => ({
  type,
  status,
  reason,
  message,
})

export const whole: WorkloadAnswer = { wanted: 3 }
export const partly: WorkloadAnswer = { available: 2 }
export const none: WorkloadAnswer = {
  available: 0,
  conditions: [
    condition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'),
  ],
}
/** Its newest version does not come up. */
export const stuck: WorkloadAnswer = {
  ...{ updated: 1, older: 3 },
  conditions: [
    condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'ReplicaSet "web-2" has timed out progressing.'),
  ],
}
/** Fields that are 0 are left out. */
const count = (name: string, value: number): object => (value === 0 ? {} : { [name]: value })

const KINDS: Readonly<Record<WorkloadKind, string>> = {
  ...{ deployment: 'Deployment', 'daemon set': 'DaemonSet', 'stateful set': 'StatefulSet', job: 'Job' },
}

/** An object of that kind, of Kubernetes 1.20. */
export function toWorkload(kind: WorkloadKind, answer: WorkloadAnswer): object {
  const { wanted = 3, behind = 0, conditions = [], spec = {}, status = {} } = answer
  const { updated = wanted, available = wanted, older = 0 } = answer
  const seen = { observedGeneration: 4 - behind, conditions }
  const numbers: Readonly<Record<WorkloadKind, object>> = {
    deployment: {
      ...{ ...count('replicas', updated + older), ...count('updatedReplicas', updated) },
      ...{ ...count('readyReplicas', available), ...count('availableReplicas', available) },
    },
    'daemon set': {
      ...{
        desiredNumberScheduled: wanted,
        currentNumberScheduled: wanted,
        numberMisscheduled: 0,
        numberReady: available,
      },
      ...{ ...count('updatedNumberScheduled', updated), ...count('numberAvailable', available) },
    },
    'stateful set': {
      ...{ replicas: wanted, ...count('updatedReplicas', updated), ...count('readyReplicas', available) },
    },
    job: count('succeeded', available),
  }
  return {
    kind: KINDS[kind],
    metadata: { name: 'web', generation: 4 },
    spec: { ...(kind === 'job' ? { completions: wanted } : { replicas: wanted }), ...spec },
    status: { ...(kind === 'job' ? { conditions } : seen), ...numbers[kind], ...status },
  }
}

export const completed: WorkloadAnswer = { conditions: [condition('Complete', 'True', '')] }
export const jobFailed: WorkloadAnswer = {
  available: 0,
  conditions: [condition('Failed', 'True', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit')],
}
