import { visible } from '../../../core/text/visible.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { HOLD, not } from '../../../expect/not.ts'
import type { PermissionQuery, Review } from '../../../kubernetes/objects/access-review.ts'
import type { PermissionFacts } from '../../../kubernetes/objects/permission.ts'
import { known } from '../../../probe/fact.ts'

/** By one of the groups that have such a resource, at least. */
export const userMay = (query: PermissionQuery): Expectation<PermissionFacts> =>
  claim({
    wanted: `may ${what(query)}`,
    missed: `may not ${what(query)}`,
    unknown: ({ reviews }) => (reviews.some(isAllowed) ? undefined : reviews.map(({ error }) => error).find(Boolean)),
    absent: ({ hasNamespace, hasUser }) => known(hasNamespace) === false || known(hasUser) === false,
    between: ({ reviews }) =>
      reviews.length === 0 ? `was asked about ${query.resource}, which the server does not have` : undefined,
    holds: ({ reviews }) => reviews.some(isAllowed),
    seen: facts => seen(facts, query),
    state: ({ reviews }) => (reviews.some(isAllowed) ? 'allowed' : 'not allowed'),
  })

export const userMayNot = (query: PermissionQuery): Expectation<PermissionFacts> => ({
  ...not(userMay(query), `may ${what(query)}`),
  ...{ wanted: `may not ${what(query)}`, hold: HOLD },
})

const isAllowed = (review: Review): boolean => review.isAllowed

function what({ verb, resource, subresource, namespace }: PermissionQuery): string {
  const whole = subresource === undefined ? resource : `${resource}/${subresource}`
  return `${verb} ${whole}${namespace === undefined ? '' : ` in namespace ${namespace}`}`
}

function seen({ reviews, hasNamespace, hasUser }: PermissionFacts, { namespace, user }: PermissionQuery): string {
  if (known(hasNamespace) === false) return `there is no namespace ${namespace}`
  if (known(hasUser) === false) return `there is no service account ${user}`
  if (reviews.length === 0) return 'no such resource'
  return reviews.map(line).join('\n')
}

const line = ({ resource, isAllowed, reason, error }: Review): string =>
  visible(`${resource}: ${isAllowed ? 'allowed' : 'not allowed'}${reason && `, ${reason}`}${error && `, ${error}`}`)
