/** What a user may do, as the server itself decides it (authorization.k8s.io/v1, SubjectAccessReview). */
import { z } from 'zod'
import { type Command, sh } from '../../core/command.ts'
import { refuse } from '../../core/refusal.ts'
import type { Duration } from '../../core/time/duration.ts'
import { pieces } from '../../probe/facts/pieces.ts'
import type { Answer } from '../../probe/sections.ts'
import { bodyOf, ClusterUnanswered, readAnswer } from '../access/api-answer.ts'
import { kubectl, kubectlFed } from '../access/kubectl.ts'

export interface PermissionQuery {
  readonly user: string
  readonly verb: string
  /** In the plural, as the API names it: `pods`, `deployments`, `deployments.apps`. */
  readonly resource: string
  /** `log` of `pods/log`. */
  readonly subresource?: string
  readonly namespace?: string
}

export interface Review {
  /** `deployments.apps`. */
  readonly resource: string
  readonly isNamespaced: boolean
  readonly isAllowed: boolean
  readonly reason: string
  /** What kept the server from looking at all rules. */
  readonly error: string
}

export const SERVICE_ACCOUNT = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')
const review = z.object({
  kind: z.literal('SubjectAccessReview'),
  status: z.object({ allowed: z.boolean(), reason: words, evaluationError: words }),
})

const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews'

/** Each group of the API that has such a resource is asked about: a rule for one of them says nothing of the other. */
export const askForReviews = (query: PermissionQuery, isNamespaced: boolean, look: Duration | undefined): Command => {
  const [plural = '', group = ''] = splitAt(query.resource, '.')
  const [head, tail] = splitAt(JSON.stringify(bodyOfReview(query, isNamespaced)), GROUP)
  const list = kubectl(look, 'api-resources', `--namespaced=${isNamespaced}`, '--output', 'name')
  return sh`names=$(${list}); code=$?
[ $code -eq 0 ] || { piece ''; piece ${String(isNamespaced)}; piece "$code"; piece "$names"; }
printf '%s\\n' "$names" | while IFS= read -r name; do
  case $name in ${plural}) group='';; ${plural}.*) group=\${name#*.};; *) continue;; esac
  [ -z ${group} ] || [ "$group" = ${group} ] || continue
  said=$(printf '%s%s%s' ${head} "$group" ${tail} | ${kubectlFed(look, 'create', '--raw', REVIEWS, '--filename', '-')}); code=$?
  piece "$name"; piece ${String(isNamespaced)}; piece "$code"; piece "$said"
done`
}

/** Behind the last piece, so that its own end is not taken for a newline at the end of it all. */
export const END = 'end'

/** Stands first in the body, so that no name can be taken for it. */
const GROUP = '<group>'

const splitAt = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}

function bodyOfReview(
  { user, verb, resource, subresource, namespace }: PermissionQuery,
  isNamespaced: boolean,
): object {
  const [plural] = splitAt(resource, '.')
  return {
    kind: 'SubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    spec: {
      resourceAttributes: {
        group: GROUP,
        verb,
        resource: plural,
        subresource,
        namespace: isNamespaced ? namespace : '',
      },
      ...{ user, groups: groupsOf(user) },
    },
  }
}

/** Those that the server itself gives a user (Kubernetes, "Authenticating"); of others nothing is known here. */
function groupsOf(user: string): readonly string[] {
  if (user === 'system:anonymous') return ['system:unauthenticated']
  const [, of] = SERVICE_ACCOUNT.exec(user) ?? []
  const accounts = of === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${of}`]
  return ['system:authenticated', ...accounts]
}

/** @throws UsageError for a resource in namespaces when the sentence names none; ClusterUnanswered when the server told of none, and not all of it */
export function readReviews(told: Answer | undefined, { resource, namespace }: PermissionQuery): Review[] {
  const { bytes = Buffer.of(), text = '' } = told ?? {}
  if (!text.endsWith(`\n${END}`) && text !== END) throw new ClusterUnanswered('what a user may do could not be read')
  const all = chunks(pieces(bytes.subarray(0, -END.length)))
  const reviews = all.filter(([name]) => name !== '').map(toReview)
  const [failed] = all.filter(([name]) => name === '')
  const answer = failed && answerOf(failed)
  if (answer && reviews.length === 0) bodyOf(answer, 'what the server can do')
  if (namespace === undefined && reviews.some(({ isNamespaced }) => isNamespaced))
    throw refuse({
      what: `There are ${resource} in every namespace`,
      expected: 'the namespace in which they may or may not: in namespace "…"',
    })
  return answer && 'unknown' in answer ? [...reviews, { ...UNHEARD, error: answer.unknown }] : reviews
}

/** Of the groups that the server has not told of. */
const UNHEARD = { resource: 'other groups', isNamespaced: true, isAllowed: false, reason: '' } as const

type Chunk = readonly [name: string, isNamespaced: string, code: string, said: string]

function chunks(all: readonly string[]): Chunk[] {
  return Array.from({ length: Math.floor(all.length / 4) }, (_, i) => {
    const [name = '', isNamespaced = '', code = '', said = ''] = all.slice(4 * i)
    return [name, isNamespaced, code, said]
  })
}

const answerOf = ([, , code, text]: Chunk) =>
  readAnswer({ code: Number(code), text, bytes: Buffer.from(text) }, 'what the server can do')

function toReview(chunk: Chunk): Review {
  const [resource, isNamespaced] = chunk
  const what = `what a user may do with ${resource}`
  const read = review.safeParse(bodyOf(answerOf(chunk), what))
  if (!read.success) throw new ClusterUnanswered(`${what} could not be read: the answer is no review`)
  const { status } = read.data
  return {
    ...{ resource, isNamespaced: isNamespaced === 'true' },
    ...{ isAllowed: status.allowed, reason: status.reason, error: status.evaluationError },
  }
}
