import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import { forbidden, noNamespace, unanswered } from '../api.answers.ts'
import * as pod from './pod.answers.ts'
import { noPod, noPods, podListParts, podParts, podSaid, podsSaid, somePods } from './pod.answers.ts'

const pods = (howMany: string): string => `${howMany} with label "app=web" in namespace "shop"`
const ALL = `${pods('all pods')} are Ready`
const ANY = `${pods('any pod')} is Ready`
const NO = `${pods('no pod')} is Ready`
const TWO = `${pods('at least 2 pods')} are Ready`

const one = { ...pod.up, name: 'web-1' }
const other = { ...pod.up, name: 'web-2', uid: 'u2' }
const unready = { ...other, ready: 'False' }
const crashes = { ...pod.crashes, name: 'web-3', uid: 'u3' }
const stale = { ...other, node: 'web1', renewed: 100 }

const badLabels: Row[] = ['app', '=web', 'app in (a)', 'app=web,', 'app=web&limit=1', ''].map(
  (label): Row => [
    'hostile',
    `all pods with label "${label}" are Ready`,
    podsSaid(one),
    'refused',
    /is no label with its value/,
  ],
)

/** The second one is started again four seconds after the first look. */
const counting = (said: (restarts: number) => Reply): Guest => ({
  replies: (_: string, at: number) => said(at < 4000 ? 3 : 4),
})
const old = pod.runningFor(600)

const RESTARTS = 'the restarts of pod "web" in namespace "shop" do not grow for 1 minute'
const OF_LABEL = 'the restarts of pods with label "app=web" in namespace "shop" do not grow for 1 minute'

export const podsRows: ClaimTable = {
  '{pods}{namespace} {are} {pod-state}{tail}': {
    rows: [
      ['so', ALL, podsSaid(one, other), 'holds'],
      ['so', ANY, podsSaid(one, crashes), 'holds'],
      ['so', ANY, somePods(one), 'holds'],
      ['so', ANY, podsSaid(one, stale), 'holds'],
      ['so', TWO, podsSaid(one, other, crashes), 'holds'],
      ['so', NO, podsSaid(unready, { ...pod.noImage, name: 'web-4' }), 'holds'],
      ['so', `${pods('no pods')} are Completed`, podsSaid(one, crashes), 'holds'],
      ['so', 'all pods with label "app=web,tier=front" are Running', podsSaid(one), 'holds'],
      [
        'not so',
        ALL,
        podsSaid(one, unready),
        'not met',
        /were not all Ready within 2 min.*Observed +web-2 {2}Running, not Ready/s,
      ],
      ['not so', ALL, podsSaid(one, unready, stale), 'not met'],
      ['not so', ALL, somePods(one, unready), 'not met'],
      ['not so', ALL, podsSaid(one, { ...other, isEnding: true }), 'not met', /Terminating/],
      ['not so', ANY, podsSaid(unready, crashes), 'not met', /were not at least 1 Ready/],
      ['not so', TWO, podsSaid(one, unready), 'not met', /were not at least 2 Ready/],
      ['not so', NO, podsSaid(one, unready), 'not met', /were still Ready/],
      ['not so', NO, podsSaid(crashes), 'not met', /kept restarting/],
      ['absent', ALL, noPods(), 'not met', /were not there.*there is no pod with that label/s],
      ['absent', NO, noPods(), 'not met', /were not there/],
      ['absent', ANY, noPods(noNamespace), 'not met', /there is no namespace shop/],
      ['absent', ANY, noPods(forbidden('namespaces')), 'not met', /there is no pod with that label/],
      ['cut off', ALL, somePods(one, other), 'could not check', /there are more of them than are looked at/],
      ['cut off', NO, somePods(unready), 'could not check', /there are more of them/],
      ['cut off', TWO, somePods(one), 'could not check', /there are more of them/],
      ['unreadable', ALL, podsSaid(one, stale), 'could not check', /its node web1: its status is stale/],
      ['unreadable', TWO, podsSaid(one, stale), 'could not check', /stale/],
      ['unreadable', NO, podsSaid(unready, stale), 'could not check', /stale/],
      ...badLabels,
      ['hostile', `${pods('at least 0 pods')} are Ready`, podsSaid(one), 'refused', /would check nothing/],
      ...[ALL, ANY, NO, TWO].flatMap(sentence =>
        unanswered(sentence, podListParts(one, other), sentence === NO ? 'not met' : 'holds'),
      ),
    ],
  },
  'the restarts of pod {pod}{namespace} do not grow for {duration}{place}': {
    rows: [
      ['so', RESTARTS, podSaid(pod.up), 'holds'],
      ['so', RESTARTS, podSaid({ restarts: 9, state: old }), 'holds'],
      ['not so', RESTARTS, counting(restarts => podSaid({ restarts, state: old })), 'not met', /4 restarts.*3 before/],
      ['not so', RESTARTS, podSaid(pod.crashes), 'not met', /CrashLoopBackOff: it waits to be started again/],
      ['not so', RESTARTS, counting(count => podSaid({ uid: `u${count}` })), 'not met', /another pod of that name/],
      ['absent', RESTARTS, noPod(), 'not met', /none of that name/],
      ['absent', RESTARTS, noPod(noNamespace), 'not met', /no namespace shop/],
      ['unreadable', RESTARTS, podSaid({ uid: '' }), 'could not check'],
      ['hostile', RESTARTS.replace('web', '../web'), podSaid(pod.up), 'refused'],
      ...unanswered(RESTARTS, podParts(pod.up), 'holds').filter(([, , , outcome]) => outcome === 'could not check'),
    ],
  },
  'the restarts of pods with label {label}{namespace} do not grow for {duration}{place}': {
    rows: [
      ['so', OF_LABEL, podsSaid(one, { ...other, restarts: 9 }), 'holds'],
      ['so', OF_LABEL, counting(count => podsSaid(one, ...(count === 4 ? [other] : []))), 'holds'],
      ['not so', OF_LABEL, counting(restarts => podsSaid(one, { ...other, restarts })), 'not met', /web-2: 4 restarts/],
      ['not so', OF_LABEL, podsSaid(one, crashes), 'not met', /web-3: 5 restarts, CrashLoopBackOff/],
      ['absent', OF_LABEL, noPods(), 'not met', /no pod with that label/],
      ['absent', OF_LABEL, noPods(noNamespace), 'not met', /no namespace shop/],
      ['cut off', OF_LABEL, somePods(one), 'could not check', /more of them/],
      ['unreadable', OF_LABEL, podsSaid(one, { ...other, uid: '' }), 'could not check'],
      ['hostile', OF_LABEL.replace('app=web', 'app'), podsSaid(one), 'refused'],
      ...unanswered(OF_LABEL, podListParts(one), 'holds').filter(([, , , outcome]) => outcome === 'could not check'),
    ],
  },
}
