import type { CommandResult } from '../../../core/command.ts'
import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import {
  type ApiSaid,
  apiSaid,
  forbidden,
  NAMESPACE,
  noNamespace,
  notFound,
  UNANSWERED,
  unanswered,
} from '../api.answers.ts'

interface ServiceAnswer {
  readonly type?: string
  readonly ready?: readonly string[]
  readonly notReady?: readonly string[]
  /** Null: the server is older than they are. */
  readonly slices?: ApiSaid | null
  readonly listed?: ApiSaid
}

const ip = (address: string): object => ({ ip: address })

function parts({
  type = 'ClusterIP',
  ready = ['10.1.0.7'],
  notReady = [],
  slices,
  listed,
}: ServiceAnswer = {}): ApiSaid[] {
  const subsets = [{ addresses: ready.map(ip), notReadyAddresses: notReady.map(ip), ports: [{ port: 80 }] }]
  const endpoint = (address: string, isReady: boolean): object => ({
    addresses: [address],
    conditions: { ready: isReady },
  })
  const all = [...ready.map(each => endpoint(each, true)), ...notReady.map(each => endpoint(each, false))]
  return [
    { kind: 'Service', metadata: { name: 'web' }, spec: { type } },
    NAMESPACE,
    slices === null ? UNANSWERED.unserved : (slices ?? { kind: 'EndpointSliceList', items: [{ endpoints: all }] }),
    listed ?? { kind: 'Endpoints', subsets },
  ]
}

const said = (answer: ServiceAnswer = {}): CommandResult => apiSaid(...parts(answer))
/** As Kubernetes 1.20 says it. */
const old = (answer: ServiceAnswer = {}): CommandResult => said({ ...answer, slices: null })
const slice = (...endpoints: readonly object[]): ApiSaid => ({ kind: 'EndpointSliceList', items: [{ endpoints }] })
const missing = (namespace: ApiSaid = NAMESPACE): CommandResult => {
  const [, , ...others] = parts({
    slices: { kind: 'EndpointSliceList', items: [] },
    listed: notFound('endpoints', 'web'),
  })
  return apiSaid(notFound('services', 'web'), namespace, ...others)
}

const HAS = 'service "web" in namespace "shop" has endpoints'
const HAS_NOT = 'service "web" in namespace "shop" has no endpoints'
const NONE = { ready: [] }
const soon: Guest = { replies: (_: string, at: number): Reply => said(at < 20_000 ? NONE : {}) }

const both = (sentence: string): Row[] => [
  ['not so', sentence, said({ type: 'ExternalName', ...NONE }), 'not met', /is the alias of a name/],
  ['absent', sentence, missing(), 'not met', /was not there.*none of that name/s],
  ['absent', sentence, missing(noNamespace), 'not met', /no namespace shop/],
  ['absent', sentence, missing(forbidden('namespaces')), 'not met', /none of that name/],
  ['unreadable', sentence, old({ listed: forbidden('endpoints') }), 'could not check', /endpoints is forbidden/],
  [
    'unreadable',
    sentence,
    said({ slices: forbidden('endpointslices'), listed: UNANSWERED.busy }),
    'could not check',
    /429/,
  ],
  [
    'unreadable',
    sentence,
    old({ listed: { kind: 'Endpoints', subsets: 3 } }),
    'could not check',
    /no endpoints that can be read/,
  ],
  ['hostile', sentence.replace('web', 'web,x=y'), said(), 'refused', /cannot be the name/],
  ['hostile', sentence.replace('shop', '..'), said(), 'refused', /cannot be the name/],
]

export const serviceEndpointsRows: ClaimTable = {
  'service {object} in namespace {object} has endpoints{tail}': {
    rows: [
      ['so', HAS, said(), 'holds'],
      ['so', HAS, old(), 'holds'],
      ['so', HAS, soon, 'holds'],
      ['so', HAS, said({ notReady: ['10.1.0.8'] }), 'holds'],
      ['so', HAS, said({ slices: slice({ addresses: ['10.1.0.7'] }) }), 'holds'],
      ['so', HAS, said({ slices: forbidden('endpointslices') }), 'holds'],
      ['not so', HAS, said(NONE), 'not met', /had no endpoint that is Ready within 2 min/],
      ['not so', HAS, old(NONE), 'not met', /Observed +no endpoint\n/],
      [
        'not so',
        HAS,
        said({ ready: [], notReady: ['10.1.0.8'] }),
        'not met',
        /no endpoint, 1 not Ready \(10\.1\.0\.8\)/,
      ],
      ['not so', HAS, old({ ready: [], notReady: ['10.1.0.8'] }), 'not met', /1 not Ready/],
      ['not so', HAS, old({ listed: { kind: 'Endpoints' } }), 'not met'],
      ['not so', HAS, old({ listed: notFound('endpoints', 'web') }), 'not met'],
      ...both(HAS),
      ...unanswered(HAS, parts(), 'holds'),
    ],
  },
  'service {object} in namespace {object} has no endpoints{tail}': {
    rows: [
      ['so', HAS_NOT, said(NONE), 'holds'],
      ['so', HAS_NOT, old({ ready: [], notReady: ['10.1.0.8'] }), 'holds'],
      ['so', HAS_NOT, old({ listed: notFound('endpoints', 'web') }), 'holds'],
      ['not so', HAS_NOT, said(), 'not met', /still had endpoints that are Ready.*1 endpoint \(10\.1\.0\.7\)/s],
      ['not so', HAS_NOT, said({ slices: slice({ addresses: ['10.1.0.7'] }) }), 'not met'],
      ...both(HAS_NOT),
      ...unanswered(HAS_NOT, parts(NONE), 'holds'),
    ],
  },
}
