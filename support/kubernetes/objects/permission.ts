import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { PIECE } from '../../probe/facts/pieces.ts'
import type { ApiPath } from '../access/ask-api.ts'
import { type ClusterProbe, clusterProbe } from '../cluster-probe.ts'
import { askForReviews, END, type PermissionQuery, type Review, readReviews, SERVICE_ACCOUNT } from './access-review.ts'
import { namespacePath, thereIs } from './namespaced.ts'

export interface PermissionFacts {
  readonly query: PermissionQuery
  /** One for each group of the API that has such a resource; none when the server knows of none. */
  readonly reviews: readonly Review[]
  /** Undefined where the sentence names no namespace. */
  readonly hasNamespace?: Fact<boolean>
  /** Whether there is such a service account; other users are in no list of Kubernetes'. */
  readonly hasUser?: Fact<boolean>
}

export const permission: ClusterProbe<PermissionQuery, PermissionFacts> = clusterProbe({
  budget: seconds(30),
  attempt: seconds(30),
  describe: ({ user }) => `user ${user}`,
  paths,
  others: (query, look) => [
    sh`${PIECE}
${askForReviews(query, true, look)}
${askForReviews(query, false, look)}
printf ${END}`,
  ],
  parse({ said, others: [told] }, query) {
    const [first, second] = said
    const account = query.namespace === undefined ? first : second
    return {
      query,
      reviews: readReviews(told, query),
      ...(query.namespace !== undefined && { hasNamespace: thereIs(first) }),
      ...(SERVICE_ACCOUNT.test(query.user) && { hasUser: thereIs(account) }),
    }
  },
})

function paths({ user, namespace }: PermissionQuery): ApiPath[] {
  const [, of, name] = SERVICE_ACCOUNT.exec(user) ?? []
  return [
    ...(namespace === undefined ? [] : [namespacePath(namespace)]),
    ...(of === undefined ? [] : [`${namespacePath(of)}/serviceaccounts/${name}` as const]),
  ]
}
