import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import { apiSaid, forbidden, noNamespace, unanswered } from '../api.answers.ts'
import * as pod from './pod.answers.ts'
import { noPod, podParts, podSaid } from './pod.answers.ts'

const POD = 'pod "web" in namespace "shop"'

/** What no pod and no namespace can be named. */
export const badNames = (words: string): Row[] => [
  ...['../web', 'Web', 'web?x=1', 'web ', '', '-web'].map(
    (name): Row => ['hostile', `pod "${name}" ${words}`, podSaid(pod.up), 'refused', /cannot be the name of a pod/],
  ),
  ['hostile', `pod "web" in namespace "../x" ${words}`, podSaid(pod.up), 'refused', /the name of a namespace/],
]

const absent = (words: string): Row[] => [
  ['absent', `${POD} ${words}`, noPod(), 'not met', /was not there within.*there is none of that name/s],
  ['absent', `${POD} ${words}`, noPod(noNamespace), 'not met', /there is no namespace shop/],
  ['absent', `${POD} ${words}`, noPod(forbidden('namespaces')), 'not met', /there is none of that name/],
]

/** What its node has last said of it is not known to be so any more; nor is what cannot be read. */
const untold = (words: string): Row[] => {
  const [one, ...others] = podParts(pod.up)
  const said = (status: object): Reply => podSaid({ status })
  const sentence = `${POD} ${words}`
  return [
    [
      'unreadable',
      sentence,
      podSaid({ renewed: 100 }),
      'could not check',
      /its node t14: its status is stale.* 100 s ago/,
    ],
    ['unreadable', sentence, podSaid({ renewed: -60 }), 'could not check', /the clocks differ/],
    ['unreadable', sentence, said({ phase: 'Frozen' }), 'could not check', /no status\.phase that can be read/],
    ['unreadable', sentence, said({ phase: 'Unknown' }), 'could not check', /its node says nothing/],
    [
      'unreadable',
      sentence,
      said({ conditions: [{ type: 'Ready', status: 'Perhaps' }] }),
      'could not check',
      /status\.conditions/,
    ],
    [
      'unreadable',
      sentence,
      said({ containerStatuses: [{ name: 'web', state: { asleep: {} }, restartCount: 0 }] }),
      'could not check',
    ],
    ['unreadable', sentence, apiSaid({ ...one, kind: 'Node' }, ...others), 'could not check', /has not its form/],
  ]
}

/** The node's clock is behind by more than a lease lasts, and it renews all the same. */
const behind: Guest = {
  replies: (_: string, at: number): Reply => podSaid({ renewed: 500 - Math.floor(at / 10_000) * 10 }),
}
/** Every two seconds it falls over, and looks well in between. */
const loop: Guest = {
  replies: (_: string, at: number): Reply =>
    podSaid(at % 2000 < 400 ? pod.crashes : { ...pod.runsAgain, state: pod.runningFor((at % 2000) / 1000) }),
}
/** The same from its first start on: nothing was counted in the first two seconds. */
const firstRun: Guest = {
  replies: (_: string, at: number): Reply =>
    at < 1900 ? podSaid({ state: pod.runningFor(at / 1000) }) : podSaid(pod.crashes),
}
const soon: Guest = { replies: (_: string, at: number): Reply => podSaid(at < 30_000 ? pod.noImage : pod.up) }

/** For each state: what has it, and what has not. */
const STATES: Readonly<Record<string, { so: readonly pod.PodAnswer[]; not: readonly pod.PodAnswer[] }>> = {
  Ready: {
    so: [pod.up, { ...pod.up, restarts: 9 }, { ...pod.up, restarts: 1, state: pod.runningFor(3) }],
    not: [pod.unready, pod.noImage, pod.unscheduled, pod.done, pod.failed, { ...pod.up, ready: null }],
  },
  Running: {
    so: [pod.up, pod.unready],
    not: [pod.noImage, pod.unscheduled, pod.done, pod.failed],
  },
  Completed: {
    so: [pod.done],
    not: [pod.up, pod.unready, pod.noImage, pod.failed, pod.crashes, { ...pod.up, isEnding: true }],
  },
}

const each = (words: string, positive: boolean): Row[] =>
  Object.entries(STATES).flatMap(([state, { so, not }]) => [
    ...(positive ? so : not).map((facts): Row => ['so', `${POD} ${words} ${state}`, podSaid(facts), 'holds']),
    ...(positive ? not : so).map((facts): Row => ['not so', `${POD} ${words} ${state}`, podSaid(facts), 'not met']),
    ...absent(`${words} ${state}`),
  ])

const neither = (words: string): Row[] => [
  ['not so', `${POD} ${words}`, podSaid({ isEnding: true }), 'not met', /was being deleted.*Terminating/s],
  [
    'not so',
    `${POD} ${words}`,
    podSaid(pod.runsAgain),
    'not met',
    /kept restarting.*5 restarts, last ended with 1 \(Error\)/s,
  ],
  ['not so', `${POD} ${words}`, podSaid(pod.crashes), 'not met', /kept restarting.*CrashLoopBackOff.*back-off 2m40s/s],
  ['not so', `${POD} ${words}`, loop, 'not met', /kept restarting/],
]

export const podRows: ClaimTable = {
  'pod {pod}{namespace} is {pod-state}{tail}': {
    rows: [
      ...each('is', true),
      ...neither('is Ready'),
      ...neither('is Running'),
      ...untold('is Ready'),
      ...untold('is Running'),
      ...badNames('is Ready'),
      ...unanswered(`${POD} is Ready`, podParts(pod.up), 'holds'),
      ['so', 'pod "web" is Ready', podSaid(pod.up), 'holds'],
      ['so', `${POD} is Ready`, soon, 'holds'],
      ['so', `${POD} is Ready`, podSaid(pod.newer), 'holds'],
      ['so', `${POD} is Running`, podSaid(pod.newer), 'holds'],
      ['so', `${POD} is Ready`, behind, 'holds'],
      ['so', `${POD} is Ready`, podSaid({ renewed: null }), 'holds'],
      ['so', `${POD} is Completed`, podSaid({ ...pod.done, renewed: 900 }), 'holds'],
      ['unreadable', `${POD} is Running`, podSaid({ renewed: null }), 'could not check', /whether its node lives/],
      ['not so', `${POD} is Ready`, firstRun, 'not met', /kept restarting/],
      ['not so', `${POD} is Ready`, podSaid(pod.unscheduled), 'not met', /Pending.*3 Insufficient cpu/s],
      [
        'not so',
        `${POD} is Ready`,
        podSaid(pod.noImage),
        'not met',
        /ImagePullBackOff.*Back-off pulling image "wbe:1"/s,
      ],
      ['not so', `${POD} is Ready`, podSaid(pod.failed), 'not met', /was not Ready: it has ended \(Error\)/],
      ['not so', `${POD} is Ready`, podSaid({ ...pod.failed, isOwned: true }), 'not met', /was not Ready within 2 min/],
      ['not so', `${POD} is Completed`, podSaid(pod.failed), 'not met', /it has failed \(Error\)/],
      [
        'not so',
        `${POD} is Running`,
        podSaid({ status: { initContainerStatuses: [], containerStatuses: [{ name: 'a', restartCount: 0 }] } }),
        'not met',
      ],
      [
        'hostile',
        `${POD} is Ready`,
        podSaid({ ...pod.unready, status: { reason: 'a\nReady', message: 'b\nc' } }),
        'not met',
        /a\ufffdReady/,
      ],
    ],
  },
  'pod {pod}{namespace} is not {pod-state}{tail}': {
    rows: [
      ...each('is not', false),
      ...neither('is not Ready'),
      ...neither('is not Running'),
      ...untold('is not Ready').filter(([, , , , says]) => !/form/.test(says?.source ?? '')),
      ...badNames('is not Ready'),
      ...unanswered(`${POD} is not Ready`, podParts(pod.unready), 'holds'),
      ['not so', `${POD} is not Ready within 3 seconds`, podSaid(pod.up), 'not met', /was still Ready after 3 s/],
    ],
  },
  'pod {pod}{namespace} exists{tail}': {
    without: { absent: 'it is about existence itself' },
    rows: [
      ['so', `${POD} exists`, podSaid(pod.noImage), 'holds'],
      ['so', `${POD} exists`, podSaid({ renewed: 100 }), 'holds'],
      ['not so', `${POD} exists`, noPod(), 'not met', /did not exist within.*there is none of that name/s],
      ['not so', `${POD} exists`, noPod(noNamespace), 'not met', /there is no namespace shop/],
      ...badNames('exists'),
      ...unanswered(`${POD} exists`, podParts(pod.up), 'holds'),
    ],
  },
  'pod {pod}{namespace} does not exist{tail}': {
    rows: [
      ['so', `${POD} does not exist`, noPod(), 'holds'],
      ['so', `${POD} does not exist`, noPod(forbidden('namespaces')), 'holds'],
      ['not so', `${POD} does not exist`, podSaid(pod.failed), 'not met', /still existed/],
      ['not so', `${POD} does not exist`, podSaid({ isEnding: true }), 'not met', /still existed/],
      ['absent', `${POD} does not exist`, noPod(noNamespace), 'not met', /was not there.*no namespace shop/s],
      ...badNames('does not exist'),
      ...unanswered(`${POD} does not exist`, podParts(pod.up), 'not met'),
    ],
  },
}
