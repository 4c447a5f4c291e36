import { answered, type Said } from '../../../probe/testing/answered.ts'
import { type ClaimTable, type Guest, type Reply, type Row, unknown } from '../../rows/row.ts'
import { type ApiSaid, apiSaid, apiSections, failed, forbidden, UNANSWERED } from '../api.answers.ts'

const IS = 'the API of the cluster is reachable from "box"'
const IS_NOT = 'the API of the cluster is not reachable from "box"'

const endpoints = (...ips: readonly string[]): ApiSaid => ({
  kind: 'Endpoints',
  subsets: [{ addresses: ips.map(ip => ({ ip })), ports: [{ name: 'https', port: 6443 }] }],
})

/** kubectl says where the API is; bash says what came of the connection to each address. */
const tried = (said: ApiSaid, ...came: readonly Said[]): Guest => {
  const replies = (script: string): Reply => {
    if (script.includes('kube get')) return apiSaid(said)
    const at = Number(/10\.0\.0\.(\d+)/.exec(script)?.[1] ?? 1)
    return answered(['10.0.0.1 STREAM', came[at - 1] ?? { code: 1, out: '' }])
  }
  return { replies }
}

const ONE = endpoints('10.0.0.1')
const TWO = endpoints('10.0.0.1', '10.0.0.2')
const OPEN: Said = ''
const REFUSED: Said = { code: 1, out: 'bash: connect: Connection refused' }
const DROPPED: Said = { code: 124 }
const BROKEN: Said = { code: 1, out: 'bash: /dev/tcp/10.0.0.1/6443: No such file or directory' }

const unasked = (sentence: string): Row[] => [
  ...[
    ...Object.values(UNANSWERED),
    forbidden('endpoints'),
    failed('Error from server (NotFound): endpoints "kubernetes" not found'),
  ].map((each): Row => ['unreadable', sentence, tried(each, OPEN), 'could not check']),
  ['unreadable', sentence, tried({ subsets: [] }, OPEN), 'could not check', /names no address at which it is reached/],
  ['unreadable', sentence, tried({ subsets: 'none' }, OPEN), 'could not check'],
  ['unreadable', sentence, tried(ONE, BROKEN), 'could not check', /No such file/],
  [
    'tool missing',
    sentence,
    tried(ONE, { code: 127, out: 'bash: timeout: command not found' }),
    'could not check',
    /timeout/,
  ],
  ...unknown(sentence, apiSections(ONE)),
  ['hostile', sentence.replace('box', 'bx'), tried(ONE, OPEN), 'refused', /Unknown machine/],
]

const without = { absent: 'an API that names no address could not be tried' }

export const apiReachRows: ClaimTable = {
  'the API of the cluster is reachable from {string}{tail}': {
    without,
    rows: [
      ['so', IS, tried(ONE, OPEN), 'holds'],
      ['so', IS, tried(TWO, REFUSED, OPEN), 'holds'],
      [
        'not so',
        IS,
        tried(ONE, REFUSED),
        'not met',
        /the API of the cluster was not reachable from box within 60 s[\s\S]*10\.0\.0\.1:6443 refused/,
      ],
      ['not so', IS, tried(TWO, DROPPED, REFUSED), 'not met', /10\.0\.0\.1:6443 no answer/],
      ...unasked(IS),
    ],
  },
  'the API of the cluster is not reachable from {string}{tail}': {
    without,
    rows: [
      ['so', IS_NOT, tried(ONE, REFUSED), 'holds'],
      ['so', IS_NOT, tried(TWO, DROPPED, REFUSED), 'holds'],
      ['not so', IS_NOT, tried(TWO, REFUSED, OPEN), 'not met', /was still reachable from box/],
      ...unasked(IS_NOT),
    ],
  },
}
