import type { CommandResult } from '../../../core/command.ts'
import type { WorkloadKind } from '../../../kubernetes/objects/workload.ts'
import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import { type ApiSaid, apiSaid, forbidden, NAMESPACE, noNamespace, notFound, unanswered } from '../api.answers.ts'
import * as its from './workload.answers.ts'
import { toWorkload, type WorkloadAnswer } from './workload.answers.ts'

type Rolled = Exclude<WorkloadKind, 'job'>
const ROLLED: readonly Rolled[] = ['deployment', 'daemon set', 'stateful set']

const parts = (kind: WorkloadKind, answer: WorkloadAnswer): [ApiSaid, ApiSaid] => [toWorkload(kind, answer), NAMESPACE]
const said = (kind: WorkloadKind, answer: WorkloadAnswer): CommandResult => apiSaid(...parts(kind, answer))
const missing = (namespace: ApiSaid = NAMESPACE): CommandResult =>
  apiSaid(notFound('deployments.apps', 'web'), namespace)
const of = (kind: WorkloadKind, words: string): string => `${kind} "web" in namespace "shop" ${words}`

const absent = (words: string): Row[] =>
  [...ROLLED, 'job' as const].flatMap((kind): Row[] => [
    ['absent', of(kind, words), missing(), 'not met', /was not there.*none of that name/s],
    ['absent', of(kind, words), missing(noNamespace), 'not met', /there is no namespace shop/],
  ])

const hostile = (words: string): Row[] => [
  [
    'hostile',
    `deployment "../web" ${words}`,
    said('deployment', its.whole),
    'refused',
    /cannot be the name of a deployment/,
  ],
  ['hostile', `job "Web" ${words}`, said('job', its.completed), 'refused', /cannot be the name of a job/],
  ['hostile', `daemon set "web" in namespace "a/b" ${words}`, said('daemon set', its.whole), 'refused'],
]

/** What is neither available nor not. */
const neither = (words: string): Row[] => [
  ...ROLLED.map(
    (kind): Row => ['not so', of(kind, words), said(kind, its.partly), 'not met', /available in part only.*2 of 3/s],
  ),
  ...ROLLED.map(
    (kind): Row => ['not so', of(kind, words), said(kind, { updated: 2 }), 'not met', /2 of the newest version/],
  ),
  [
    'not so',
    of('deployment', words),
    said('deployment', its.stuck),
    'not met',
    /3 of an older one\n.*Progressing: ProgressDeadlineExceeded/,
  ],
]

const untold = (words: string): Row[] => [
  ...ROLLED.map(
    (kind): Row => [
      'unreadable',
      of(kind, words),
      said(kind, { behind: 1 }),
      'could not check',
      /has not seen its newest version/,
    ],
  ),
  [
    'unreadable',
    of('deployment', words),
    said('deployment', { status: { availableReplicas: '3' } }),
    'could not check',
    /status\.availableReplicas/,
  ],
  [
    'unreadable',
    of('deployment', words),
    said('deployment', { spec: { replicas: undefined } }),
    'could not check',
    /spec\.replicas/,
  ],
  [
    'unreadable',
    of('daemon set', words),
    said('daemon set', { status: { desiredNumberScheduled: null } }),
    'could not check',
  ],
  [
    'unreadable',
    of('stateful set', words),
    said('stateful set', { spec: { minReadySeconds: 9 } }),
    'could not check',
    /availableReplicas/,
  ],
  [
    'unreadable',
    of('job', words),
    said('job', { status: { conditions: [{}] } }),
    'could not check',
    /status\.conditions/,
  ],
  [
    'unreadable',
    of('job', words),
    apiSaid({ ...toWorkload('job', its.completed), kind: 'CronJob' }, NAMESPACE),
    'could not check',
    /has not its form/,
  ],
]

const soon: Guest = {
  replies: (_: string, at: number): Reply => said('deployment', at < 60_000 ? its.none : its.whole),
}
/** Of 1.22 and newer: Ready for too short a time. */
const newer = (availableReplicas: number): WorkloadAnswer => ({
  spec: { minReadySeconds: 10 },
  status: { availableReplicas },
})
/** As 1.34 says it: pods that are ending are counted apart (1.33), and a job has met its criteria before it is complete (1.31). */
const today: WorkloadAnswer = { status: { terminatingReplicas: 1, collisionCount: 0 } }
const jobToday: WorkloadAnswer = {
  conditions: [
    { type: 'SuccessCriteriaMet', status: 'True', reason: 'CompletionsReached' },
    {
      type: 'Complete',
      status: 'True',
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    },
  ],
  status: { ready: 0, terminating: 0, uncountedTerminatedPods: {} },
}
const byHand = { updated: 0, spec: { updateStrategy: { type: 'OnDelete' } } }

export const workloadRows: ClaimTable = {
  '{workload}{namespace} is available{tail}': {
    rows: [
      ...ROLLED.map((kind): Row => ['so', of(kind, 'is available'), said(kind, its.whole), 'holds']),
      ['so', 'deployment "web" is available', said('deployment', its.whole), 'holds'],
      ['so', of('deployment', 'is available'), said('deployment', today), 'holds'],
      ['so', of('job', 'is available'), said('job', jobToday), 'holds'],
      ['so', of('deployment', 'is available'), soon, 'holds'],
      ['so', of('stateful set', 'is available'), said('stateful set', newer(3)), 'holds'],
      ['so', of('stateful set', 'is available'), said('stateful set', byHand), 'holds'],
      [
        'so',
        of('stateful set', 'is available'),
        said('stateful set', { updated: 1, spec: { updateStrategy: { rollingUpdate: { partition: 2 } } } }),
        'holds',
      ],
      ['so', of('daemon set', 'is available'), said('daemon set', byHand), 'holds'],
      ['so', of('job', 'is available'), said('job', its.completed), 'holds'],
      [
        'not so',
        of('deployment', 'is available'),
        said('deployment', its.none),
        'not met',
        /was not available within 5 min.*0 of 3 available\n.*minimum availability/s,
      ],
      ['not so', of('stateful set', 'is available'), said('stateful set', newer(0)), 'not met', /0 of 3/],
      ...ROLLED.map(
        (kind): Row => [
          'not so',
          of(kind, 'is available'),
          said(kind, { wanted: 0 }),
          'not met',
          /it should have no pod/,
        ],
      ),
      [
        'not so',
        of('job', 'is available'),
        said('job', { available: 1 }),
        'not met',
        /was not completed within.*not completed, 1 of 3 succeeded/s,
      ],
      [
        'not so',
        of('job', 'is available'),
        said('job', its.jobFailed),
        'not met',
        /was not completed: it has failed \(BackoffLimitExceeded\)/,
      ],
      ...neither('is available'),
      ...absent('is available'),
      ...untold('is available'),
      ...hostile('is available'),
      ...unanswered(of('deployment', 'is available'), parts('deployment', its.whole), 'holds'),
    ],
  },
  '{workload}{namespace} is not available{tail}': {
    rows: [
      ...ROLLED.map((kind): Row => ['so', of(kind, 'is not available'), said(kind, its.none), 'holds']),
      ['so', of('deployment', 'is not available'), said('deployment', { wanted: 0 }), 'holds'],
      [
        'so',
        of('job', 'is not available'),
        said('job', { ...jobToday, conditions: jobToday.conditions?.slice(0, 1) ?? [] }),
        'holds',
      ],
      ['so', of('job', 'is not available'), said('job', its.jobFailed), 'holds'],
      ['so', of('job', 'is not available'), said('job', { available: 1 }), 'holds'],
      ['not so', of('deployment', 'is not available'), said('deployment', its.whole), 'not met', /was still available/],
      ['not so', of('job', 'is not available'), said('job', its.completed), 'not met', /was still available/],
      ...neither('is not available'),
      ...absent('is not available'),
      ...untold('is not available'),
      ...hostile('is not available'),
      ...unanswered(of('deployment', 'is not available'), parts('deployment', its.none), 'holds'),
    ],
  },
  '{workload}{namespace} exists{tail}': {
    without: { absent: 'it is about existence itself' },
    rows: [
      ['so', of('deployment', 'exists'), said('deployment', its.none), 'holds'],
      ['so', of('job', 'exists'), said('job', { behind: 1 }), 'holds'],
      ['not so', of('deployment', 'exists'), missing(), 'not met', /did not exist within.*none of that name/s],
      ['not so', of('deployment', 'exists'), missing(noNamespace), 'not met', /no namespace shop/],
      ...hostile('exists'),
      ...unanswered(of('deployment', 'exists'), parts('deployment', its.whole), 'holds'),
    ],
  },
  '{workload}{namespace} does not exist{tail}': {
    rows: [
      ['so', of('deployment', 'does not exist'), missing(), 'holds'],
      ['so', of('job', 'does not exist'), missing(forbidden('namespaces')), 'holds'],
      ['not so', of('deployment', 'does not exist'), said('deployment', its.none), 'not met', /still existed/],
      [
        'absent',
        of('deployment', 'does not exist'),
        missing(noNamespace),
        'not met',
        /was not there.*no namespace shop/s,
      ],
      ...hostile('does not exist'),
      ...unanswered(of('deployment', 'does not exist'), parts('deployment', its.whole), 'not met'),
    ],
  },
}
