import { userMay, userMayNot } from '../../support/claim/kubernetes/resources/permission.ts'
import { permission } from '../../support/kubernetes/objects/permission.ts'
import { seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import { type ApiResource, readSubject } from '../../support/world/words/resource-words.ts'
import { Then } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'

Then(
  'user {string} may {api-verb} {api-resource}{scope}{tail}',
  async function (name: string, verb: string, of: ApiResource, namespace: string | undefined, tail: StepSuffix) {
    const query = { user: readSubject(name), verb, ...of, ...(namespace !== undefined && { namespace }) }
    await seeCluster(this, permission, query, userMay(query), tail)
  },
)

Then(
  'user {string} may not {api-verb} {api-resource}{scope}{tail}',
  async function (name: string, verb: string, of: ApiResource, namespace: string | undefined, tail: StepSuffix) {
    const query = { user: readSubject(name), verb, ...of, ...(namespace !== undefined && { namespace }) }
    await seeCluster(this, permission, query, userMayNot(query), tail)
  },
)
