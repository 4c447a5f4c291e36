import { visible } from '../../../core/text/visible.ts'
import type { Claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { HOLD } from '../../../expect/not.ts'
import type { IngressFacts } from '../../../kubernetes/objects/ingress.ts'
import type { Namespaced } from '../../../kubernetes/objects/namespaced.ts'
import type { HttpFacts } from '../../../probe/http/http.ts'
import { HTTP_STATUS, wantedNumber } from '../../wanted-number.ts'
import { ofObject } from '../objects.ts'

/** An ingress, and what came back when it was asked. */
export interface IngressAnswer extends IngressFacts {
  /** Undefined where it has no address to ask. */
  readonly answer?: HttpFacts
}

/** Asked at its address by its first rule's host and path. @throws UsageError for what is no status */
export const ingressAnswers = (status: number): Expectation<Namespaced<IngressAnswer>> =>
  ofIngress({
    wanted: String(wantedNumber(status, HTTP_STATUS)),
    missed: `did not answer ${status}`,
    unknown: ({ answer }) => (answer && 'error' in answer && answer.is === 'unknown' ? answer.error : undefined),
    holds: ({ answer }) => statusOf(answer) === status,
  })

/** What keeps its answer, behind a wrong certificate or in silence, could have this one. */
export const ingressAnswersNot = (status: number): Expectation<Namespaced<IngressAnswer>> =>
  ofIngress({
    wanted: `not ${wantedNumber(status, HTTP_STATUS)}`,
    missed: `still answered ${status}`,
    hold: HOLD,
    unknown: ({ answer }) => (answer && 'error' in answer && answer.is !== 'no answer' ? answer.error : undefined),
    holds: ({ answer }) => statusOf(answer) !== status,
  })

const ofIngress = (parts: Omit<Claim<IngressAnswer>, 'seen'>): Expectation<Namespaced<IngressAnswer>> =>
  ofObject({
    between: ({ address }) => (address === undefined ? 'had no address' : undefined),
    seen: facts => visible(seen(facts)),
    state: ({ answer }) => String(statusOf(answer) ?? 'no answer'),
    ...parts,
  })

const statusOf = (answer: HttpFacts | undefined): number | undefined =>
  answer && 'status' in answer ? answer.status : undefined

function seen({ url, address, answer }: IngressAnswer): string {
  if (answer === undefined) return `${url}: its controller has given it no address`
  return `${url} at ${address}: ${'status' in answer ? answer.status : answer.error}`
}
