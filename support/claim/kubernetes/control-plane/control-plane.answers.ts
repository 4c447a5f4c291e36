/** What the API server and etcd say of themselves, for rows; as kube-apiserver 1.20.2 and etcd 3.5.16 say it. */
import { type ApiSaid, ago, failed, plain } from '../api.answers.ts'
import { pieced } from './certificates.answers.ts'

const PARTS = ['ping', 'log', 'etcd', 'poststarthook/rbac/bootstrap-roles', 'autoregister-completion']

const lines = (broken: readonly string[]): string[] =>
  PARTS.map(part => (broken.includes(part) ? `[-]${part} failed: reason withheld` : `[+]${part} ok`))

/** `/livez?verbose` and its like, with these parts not well. */
export function partsSaid(path: 'livez' | 'readyz', ...broken: readonly string[]): ApiSaid {
  if (broken.length === 0) return plain([...lines([]), `${path} check passed`].join('\n'))
  const text = [...lines(broken), `${path} check failed`].join('\n')
  return internalError(text)
}

/** As client-go tells an answer 500 in plain text. */
export const internalError = (text: string): ApiSaid =>
  failed(
    `Error from server (InternalError): an error on the server (${JSON.stringify(text)}) has prevented the request from succeeding`,
  )

/** The leases of controller-manager and scheduler, renewed so many seconds ago. */
export const leadersSaid = (manager: number, scheduler: number, holder = 't14_4be3'): ApiSaid => ({
  kind: 'LeaseList',
  items: [
    { metadata: { name: 'kube-controller-manager' }, spec: leading(manager, 't14_77aa') },
    { metadata: { name: 'kube-scheduler' }, spec: leading(scheduler, holder) },
    { metadata: { name: 'plndr-svcs-lock' }, spec: {} },
  ],
})

const leading = (renewed: number, holderIdentity: string): object => ({
  holderIdentity,
  leaseDurationSeconds: 15,
  renewTime: ago(renewed),
})

export interface MemberAnswer {
  readonly name: string
  readonly learner?: true
  /** Of curl; 0: it answers. */
  readonly code?: number
  readonly said?: string
  readonly leader?: string
  readonly errors?: readonly string[]
  readonly client?: string
  readonly peer?: string
}

const idOf = (at: number): string => `1343367231784579116${at}`

/** The pieces that the questions to etcd get; the first member leads. */
export function etcdSaid(members: readonly MemberAnswer[], alarms: readonly object[] = []): string {
  const urls = members.map(({ client }, at) => client ?? `https://10.0.0.${at + 1}:2379`)
  const list = members.map(({ name, learner, peer }, at) => ({
    ...{ ID: idOf(at), name, peerURLs: [peer ?? `https://10.0.0.${at + 1}:2380`], clientURLs: [urls[at]] },
    ...(learner && { isLearner: true }),
  }))
  return pieced([
    ...asked('members', 'https://127.0.0.1:2379', 0, { members: list }),
    ...asked('alarms', 'https://127.0.0.1:2379', 0, alarms.length > 0 ? { alarms } : {}),
    ...members.flatMap(({ code = 0, said = '', leader = idOf(0), errors }, at) =>
      asked('status', urls[at] ?? '', code, code === 0 ? { header: { member_id: idOf(at) }, leader, errors } : said),
    ),
    'end',
  ])
}

/** The alarm of a member. */
export const alarm = (at: number): object => ({ memberID: idOf(at), alarm: 'NOSPACE' })

const asked = (what: string, url: string, code: number, said: object | string): string[] => [
  ...[what, url, String(code)],
  typeof said === 'string' ? said : JSON.stringify(said),
]

/** No member tells of the others. */
export const noMembers = (code: number, said: string): string =>
  pieced([...asked('members', 'https://127.0.0.1:2379', code, said), 'end'])

/** There is none on the machine. */
export const NO_ETCD = pieced(['end'])
