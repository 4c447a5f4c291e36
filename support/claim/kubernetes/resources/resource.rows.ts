import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import { type ApiSaid, ago, apiSaid, forbidden, NAMESPACE, noNamespace, notFound, unanswered } from '../api.answers.ts'

const configMap: ApiSaid = { kind: 'ConfigMap', metadata: { name: 'web' }, data: { key: 'value' } }
const CONFIG = 'config map "web" in namespace "shop"'

const claimed = (phase: unknown, spec: object = { storageClassName: 'fast', volumeName: 'pv1' }): ApiSaid => ({
  ...{ kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec },
  status: { phase },
})
const CLAIM = 'claim "data" in namespace "shop"'

interface Class {
  readonly name: string
  readonly annotations?: unknown
}
const DEFAULT = { 'storageclass.kubernetes.io/is-default-class': 'true' }
const classes = (...all: readonly Class[]): ApiSaid => ({
  kind: 'StorageClassList',
  items: all.map(({ name, annotations }) => ({ metadata: { name, annotations } })),
})
const fast = { name: 'fast', annotations: DEFAULT }
const slow = { name: 'slow' }
const FAST = 'storage class "fast"'

interface Event {
  readonly name?: string
  readonly at?: number
  readonly count?: number
  readonly message?: string
}
const event = ({ name = 'web', at = 60, count, message = 'Back-off restarting failed container' }: Event): object => ({
  ...{
    involvedObject: { kind: 'Pod', name },
    reason: 'BackOff',
    message,
    type: 'Warning',
    lastTimestamp: ago(at),
    count,
  },
})
const events = (...all: readonly Event[]): ApiSaid => ({ kind: 'EventList', metadata: {}, items: all.map(event) })
const NO_WARNINGS = 'there are no warning events in namespace "shop"'
/** As a component of 1.19 or newer says it. */
const newer: ApiSaid = {
  ...{ kind: 'EventList', metadata: {} },
  items: [
    { ...event({}), lastTimestamp: null, eventTime: '2026-12-01T11:00:00.000000Z', series: { lastObservedTime: 'x' } },
  ],
}

const notThere = (sentence: string, kind: string, name: string): Row[] => [
  ['absent', sentence, apiSaid(notFound(kind, name), NAMESPACE), 'not met', /was not there.*none of that name/s],
  ['absent', sentence, apiSaid(notFound(kind, name), noNamespace), 'not met', /no namespace shop/],
]
const hostile = (sentence: string, name: string): Row[] =>
  ['../x', 'X', '', 'x?y'].map(
    (bad): Row => ['hostile', sentence.replace(name, bad), apiSaid(configMap), 'refused', /cannot be the name/],
  )

const late = (first: ApiSaid, then: ApiSaid): Guest => ({
  replies: (_: string, at: number): Reply => apiSaid(at < 5000 ? first : then, NAMESPACE),
})

export const resourceRows: ClaimTable = {
  'config map {object}{namespace} exists{tail}': {
    without: { absent: 'it is about existence itself' },
    rows: [
      ['so', `${CONFIG} exists`, apiSaid(configMap, NAMESPACE), 'holds'],
      ['so', 'config map "web" exists', late(notFound('configmaps', 'web'), configMap), 'holds'],
      [
        'not so',
        `${CONFIG} exists`,
        apiSaid(notFound('configmaps', 'web'), NAMESPACE),
        'not met',
        /did not exist within.*none of that name/s,
      ],
      [
        'not so',
        `${CONFIG} exists`,
        apiSaid(notFound('configmaps', 'web'), noNamespace),
        'not met',
        /no namespace shop/,
      ],
      ...hostile(`${CONFIG} exists`, 'web'),
      ...unanswered(`${CONFIG} exists`, [configMap, NAMESPACE], 'holds'),
    ],
  },
  'config map {object}{namespace} does not exist{tail}': {
    rows: [
      ['so', `${CONFIG} does not exist`, apiSaid(notFound('configmaps', 'web'), NAMESPACE), 'holds'],
      ['so', `${CONFIG} does not exist`, apiSaid(notFound('configmaps', 'web'), forbidden('namespaces')), 'holds'],
      ['not so', `${CONFIG} does not exist`, apiSaid(configMap, NAMESPACE), 'not met', /still existed/],
      [
        'absent',
        `${CONFIG} does not exist`,
        apiSaid(notFound('configmaps', 'web'), noNamespace),
        'not met',
        /was not there/,
      ],
      ...hostile(`${CONFIG} does not exist`, 'web'),
      ...unanswered(`${CONFIG} does not exist`, [configMap, NAMESPACE], 'not met'),
    ],
  },
  'claim {object}{namespace} is bound{tail}': {
    rows: [
      ['so', `${CLAIM} is bound`, apiSaid(claimed('Bound'), NAMESPACE), 'holds'],
      ['so', `${CLAIM} is bound`, late(claimed('Pending', {}), claimed('Bound')), 'holds'],
      [
        'not so',
        `${CLAIM} is bound`,
        apiSaid(claimed('Pending', {}), NAMESPACE),
        'not met',
        /was not bound within 2 min.*Pending, without a storage class/s,
      ],
      [
        'not so',
        `${CLAIM} is bound`,
        apiSaid(claimed('Lost'), NAMESPACE),
        'not met',
        /was not bound: its volume is lost/,
      ],
      ['unreadable', `${CLAIM} is bound`, apiSaid(claimed('Frozen'), NAMESPACE), 'could not check', /status\.phase/],
      ...notThere(`${CLAIM} is bound`, 'persistentvolumeclaims', 'data'),
      ...hostile(`${CLAIM} is bound`, 'data'),
      ...unanswered(`${CLAIM} is bound`, [claimed('Bound'), NAMESPACE], 'holds'),
    ],
  },
  'claim {object}{namespace} is not bound{tail}': {
    rows: [
      ['so', `${CLAIM} is not bound`, apiSaid(claimed('Pending', {}), NAMESPACE), 'holds'],
      ['so', `${CLAIM} is not bound`, apiSaid(claimed('Lost'), NAMESPACE), 'holds'],
      [
        'not so',
        `${CLAIM} is not bound`,
        apiSaid(claimed('Bound'), NAMESPACE),
        'not met',
        /was still bound.*Bound, to volume pv1, of storage class fast/s,
      ],
      ['unreadable', `${CLAIM} is not bound`, apiSaid(claimed(null), NAMESPACE), 'could not check', /status\.phase/],
      ...notThere(`${CLAIM} is not bound`, 'persistentvolumeclaims', 'data'),
      ...hostile(`${CLAIM} is not bound`, 'data'),
      ...unanswered(`${CLAIM} is not bound`, [claimed('Pending', {}), NAMESPACE], 'holds'),
    ],
  },
  'storage class {object} is the default{tail}': {
    rows: [
      ['so', `${FAST} is the default`, apiSaid(classes(fast, slow)), 'holds'],
      [
        'so',
        `${FAST} is the default`,
        apiSaid(classes({ name: 'fast', annotations: { 'storageclass.beta.kubernetes.io/is-default-class': 'true' } })),
        'holds',
      ],
      [
        'not so',
        `${FAST} is the default`,
        apiSaid(classes({ ...slow, annotations: DEFAULT }, { name: 'fast' })),
        'not met',
        /was not the default.*the default is slow/s,
      ],
      [
        'not so',
        `${FAST} is the default`,
        apiSaid(
          classes({
            name: 'fast',
            annotations: { ...DEFAULT, 'storageclass.kubernetes.io/is-default-class': 'false' },
          }),
        ),
        'not met',
        /there is no default/,
      ],
      [
        'not so',
        `${FAST} is the default`,
        apiSaid(classes(fast, { ...slow, annotations: DEFAULT })),
        'not met',
        /was one of 2 defaults.*fast and slow/s,
      ],
      [
        'absent',
        'storage class "fats" is the default',
        apiSaid(classes(fast)),
        'not met',
        /was not there.*no such storage class, did you mean fast\?; the default is fast/s,
      ],
      [
        'unreadable',
        `${FAST} is the default`,
        apiSaid(classes({ name: 'fast', annotations: 3 })),
        'could not check',
        /metadata\.annotations/,
      ],
      ...hostile(`${FAST} is the default`, 'fast'),
      ...unanswered(`${FAST} is the default`, [classes(fast)], 'holds'),
    ],
  },
  'storage class {object} is not the default{tail}': {
    rows: [
      ['so', `${FAST} is not the default`, apiSaid(classes({ name: 'fast' })), 'holds'],
      ['not so', `${FAST} is not the default`, apiSaid(classes(fast)), 'not met', /was still the default/],
      [
        'not so',
        `${FAST} is not the default`,
        apiSaid(classes(fast, { ...slow, annotations: DEFAULT })),
        'not met',
        /one of 2 defaults/,
      ],
      [
        'absent',
        `${FAST} is not the default`,
        apiSaid(classes()),
        'not met',
        /was not there.*no such storage class; there is no default/s,
      ],
      [
        'unreadable',
        `${FAST} is not the default`,
        apiSaid(classes({ name: 'fast', annotations: 3 })),
        'could not check',
        /metadata\.annotations/,
      ],
      ...hostile(`${FAST} is not the default`, 'fast'),
      ...unanswered(`${FAST} is not the default`, [classes(slow, { name: 'fast' })], 'holds'),
    ],
  },
  'there are no warning events in namespace {object}{tail}': {
    rows: [
      ['so', NO_WARNINGS, apiSaid(events(), NAMESPACE), 'holds'],
      [
        'not so',
        NO_WARNINGS,
        apiSaid(events({ count: 7 }), NAMESPACE),
        'not met',
        /had warning events: the cluster keeps.*Pod web: BackOff \(7 times\): Back-off restarting/s,
      ],
      [
        'not so',
        NO_WARNINGS,
        apiSaid(events({ at: 5, message: 'new' }, { at: 90 }, {}, {}, {}, {}), NAMESPACE),
        'not met',
        /1 before these.*BackOff: new\n/s,
      ],
      [
        'not so',
        NO_WARNINGS,
        apiSaid({ ...events({}), metadata: { continue: 'x' } }, NAMESPACE),
        'not met',
        /0 and more before these/,
      ],
      ['not so', NO_WARNINGS, apiSaid(newer, NAMESPACE), 'not met'],
      ['not so', NO_WARNINGS, apiSaid(events({}), forbidden('namespaces')), 'not met'],
      ['absent', NO_WARNINGS, apiSaid(events(), noNamespace), 'not met', /was not there.*there is no namespace shop/s],
      [
        'unreadable',
        NO_WARNINGS,
        apiSaid(events(), forbidden('namespaces')),
        'could not check',
        /whether it exists is not known: .*403/,
      ],
      ['hostile', NO_WARNINGS, apiSaid(events({ message: 'a\nb' }), NAMESPACE), 'not met', /a\ufffdb/],
      ...hostile(NO_WARNINGS, 'shop'),
      ...unanswered(NO_WARNINGS, [events(), NAMESPACE], 'holds'),
    ],
  },
}
