import { END } from '../../../kubernetes/objects/access-review.ts'
import type { Said } from '../../../probe/testing/answered.ts'
import { answered } from '../../../probe/testing/answered.ts'
import type { ClaimTable, Reply, Row } from '../../rows/row.ts'
import {
  type ApiSaid,
  apiSaid,
  apiSections,
  failed,
  forbidden,
  NAMESPACE,
  noNamespace,
  notFound,
  UNANSWERED,
} from '../api.answers.ts'

interface Reviewed {
  readonly name?: string
  readonly isNamespaced?: boolean
  readonly status?: object
  /** Instead of a review. */
  readonly failed?: ApiSaid
}

const piece = (text: string): string => `${text.length}\n${text}\n`

function chunk({ name = 'pods', isNamespaced = true, status = { allowed: false }, failed: other }: Reviewed): string {
  const review = JSON.stringify({ kind: 'SubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', status })
  const { code, out } = other && 'code' in other ? (other as { code: number; out: string }) : { code: 0, out: review }
  return [name, String(isNamespaced), String(code), out].map(piece).join('')
}

const told = (...all: readonly Reviewed[]): ApiSaid => ({ code: 0, out: `${all.map(chunk).join('')}${END}` })
/** What the server can do was not to be had. */
const listFailed = (why: ApiSaid): Reviewed => ({ name: '', failed: why })

const allowed: Reviewed = { status: { allowed: true, reason: 'RBAC: allowed by RoleBinding "a"' } }
const no: Reviewed = {}
/** A webhook that decides as well gave no answer. */
const halfway: Reviewed = { status: { allowed: false, evaluationError: 'webhook: connection refused' } }
const yes = apiSaid(NAMESPACE, told(allowed))
const not = apiSaid(NAMESPACE, told(no))

const MAY = 'user "anna" may "delete" "pods" in namespace "shop"'
const MAY_NOT = 'user "anna" may not "delete" "pods" in namespace "shop"'
const ofAccount = (sentence: string): string => sentence.replace('anna', 'system:serviceaccount:shop:web')

const inParts = (sentence: string, said: Said[]): Row[] => {
  const whole = answered(said)
  const cut = { ...whole, stdout: whole.stdout.subarray(0, whole.stdout.length - 2) }
  return [
    [
      'tool missing',
      sentence,
      answered(
        said.map(() => ({ code: 127 })),
        'kubectl: not found\n',
      ),
      'could not check',
    ],
    [
      'tool missing',
      sentence,
      apiSaid(NAMESPACE, told(listFailed({ code: 127, out: '' }))),
      'could not check',
      /neither kubectl nor k3s/,
    ],
    ['cut off', sentence, cut, 'could not check'],
    ['cut off', sentence, apiSaid(NAMESPACE, { code: 0, out: chunk(no) }), 'could not check'],
  ]
}

const both = (sentence: string): Row[] => [
  ['not so', sentence, apiSaid(NAMESPACE, told()), 'not met', /was asked about pods, which the server does not have/],
  ['absent', sentence, apiSaid(noNamespace, told(no)), 'not met', /was not there.*there is no namespace shop/s],
  [
    'absent',
    ofAccount(sentence),
    apiSaid(NAMESPACE, notFound('serviceaccounts', 'web'), told(no)),
    'not met',
    /there is no service account/,
  ],
  ['unreadable', sentence, apiSaid(NAMESPACE, told(halfway)), 'could not check', /webhook: connection refused/],
  [
    'unreadable',
    sentence,
    apiSaid(NAMESPACE, told({ failed: forbidden('subjectaccessreviews') })),
    'could not check',
    /subjectaccessreviews is forbidden/,
  ],
  ['unreadable', sentence, apiSaid(NAMESPACE, told(listFailed(UNANSWERED.unavailable))), 'could not check', /503/],
  ['unreadable', sentence, apiSaid(NAMESPACE, told({ status: {} })), 'could not check', /is no review/],
  ['unreadable', sentence, apiSaid(NAMESPACE, failed('x')), 'could not check'],
  ...['delet', 'DELETE', ''].map(
    (verb): Row => ['hostile', sentence.replace('delete', verb), not, 'refused', /is no verb of the API/],
  ),
  ...['pod s', 'Pods', 'pods/logs', '*', ''].map(
    (of): Row => ['hostile', sentence.replace('pods', of), not, 'refused'],
  ),
  ['hostile', sentence.replace('anna', ' '), not, 'refused', /has no name/],
  ['hostile', sentence.replace('shop', '../x'), not, 'refused', /the name of a namespace/],
  [
    'hostile',
    sentence.replace(' in namespace "shop"', ''),
    apiSaid(told(no)),
    'refused',
    /There are pods in every namespace/,
  ],
  ...inParts(sentence, apiSections(NAMESPACE, told(no))),
]

const soon = { replies: (_: string, at: number): Reply => (at < 5000 ? not : yes) }
const nodes = (sentence: string): string => sentence.replace('pods', 'nodes').replace(' in namespace "shop"', '')

export const permissionRows: ClaimTable = {
  'user {string} may {api-verb} {api-resource}{scope}{tail}': {
    rows: [
      ['so', MAY, yes, 'holds'],
      ['so', MAY, soon, 'holds'],
      ['so', MAY, apiSaid(NAMESPACE, told(no, { ...allowed, name: 'pods.metrics.k8s.io' })), 'holds'],
      ['so', MAY, apiSaid(forbidden('namespaces'), told(allowed)), 'holds'],
      ['so', MAY, apiSaid(NAMESPACE, told(listFailed(UNANSWERED.unavailable), allowed)), 'holds'],
      ['so', nodes(MAY), apiSaid(told({ ...allowed, name: 'nodes', isNamespaced: false })), 'holds'],
      ['so', ofAccount(MAY), apiSaid(NAMESPACE, { kind: 'ServiceAccount' }, told(allowed)), 'holds'],
      ['so', MAY.replace('pods', 'pods/log'), yes, 'holds'],
      ['not so', MAY, not, 'not met', /may not delete pods in namespace shop within.*pods: not allowed/s],
      ...both(MAY),
    ],
  },
  'user {string} may not {api-verb} {api-resource}{scope}{tail}': {
    rows: [
      ['so', MAY_NOT, not, 'holds'],
      ['so', MAY_NOT, apiSaid(NAMESPACE, told(no, { name: 'pods.metrics.k8s.io' })), 'holds'],
      ['so', nodes(MAY_NOT), apiSaid(told({ name: 'nodes', isNamespaced: false })), 'holds'],
      ['so', ofAccount(MAY_NOT), apiSaid(NAMESPACE, { kind: 'ServiceAccount' }, told(no)), 'holds'],
      [
        'not so',
        MAY_NOT,
        yes,
        'not met',
        /may delete pods in namespace shop.*pods: allowed, RBAC: allowed by RoleBinding "a"/s,
      ],
      [
        'not so',
        MAY_NOT,
        apiSaid(NAMESPACE, told(no, { ...allowed, name: 'pods.metrics.k8s.io' })),
        'not met',
        /pods\.metrics\.k8s\.io: allowed/,
      ],
      [
        'hostile',
        MAY_NOT,
        apiSaid(NAMESPACE, told({ status: { allowed: true, reason: 'a\nb' } })),
        'not met',
        /a\ufffdb/,
      ],
      [
        'unreadable',
        MAY_NOT,
        apiSaid(NAMESPACE, told(listFailed(UNANSWERED.unavailable), no)),
        'could not check',
        /the API server answers 503/,
      ],
      ...both(MAY_NOT),
    ],
  },
}
