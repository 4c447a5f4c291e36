/** What runs pods, and what others reach them by. */
import { objectExists, objectIsAbsent } from '../../support/claim/kubernetes/objects.ts'
import { ingressAnswers, ingressAnswersNot } from '../../support/claim/kubernetes/resources/ingress.ts'
import {
  serviceHasEndpoints,
  serviceHasNoEndpoints,
} from '../../support/claim/kubernetes/resources/service-endpoints.ts'
import { workloadIsAvailable } from '../../support/claim/kubernetes/resources/workload.ts'
import { not } from '../../support/expect/not.ts'
import { serviceEndpoints } from '../../support/kubernetes/objects/service-endpoints.ts'
import { workload } from '../../support/kubernetes/objects/workload.ts'
import { seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import { seeIngress } from '../../support/world/kubernetes/see-ingress.ts'
import type { NamedWorkload } from '../../support/world/words/kubernetes-words.ts'
import { Then } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'

Then(
  '{workload}{namespace} is available{tail}',
  async function (of: NamedWorkload, namespace: string, tail: StepSuffix) {
    await seeCluster(this, workload, { ...of, namespace }, workloadIsAvailable(of.kind), tail)
  },
)

Then(
  '{workload}{namespace} is not available{tail}',
  async function (of: NamedWorkload, namespace: string, tail: StepSuffix) {
    await seeCluster(
      this,
      workload,
      { ...of, namespace },
      not(workloadIsAvailable(of.kind), 'was still available'),
      tail,
    )
  },
)

Then('{workload}{namespace} exists{tail}', async function (of: NamedWorkload, namespace: string, tail: StepSuffix) {
  await seeCluster(this, workload, { ...of, namespace }, objectExists, tail)
})

Then(
  '{workload}{namespace} does not exist{tail}',
  async function (of: NamedWorkload, namespace: string, tail: StepSuffix) {
    await seeCluster(this, workload, { ...of, namespace }, objectIsAbsent, tail)
  },
)

Then(
  'service {object} in namespace {object} has endpoints{tail}',
  async function (name: string, namespace: string, tail: StepSuffix) {
    await seeCluster(this, serviceEndpoints, { name, namespace }, serviceHasEndpoints, tail)
  },
)

Then(
  'service {object} in namespace {object} has no endpoints{tail}',
  async function (name: string, namespace: string, tail: StepSuffix) {
    await seeCluster(this, serviceEndpoints, { name, namespace }, serviceHasNoEndpoints, tail)
  },
)

Then(
  'ingress {object}{namespace} answers {int}{tail}',
  async function (name: string, namespace: string, status: number, tail: StepSuffix) {
    await seeIngress(this, { name, namespace }, ingressAnswers(status), tail)
  },
)

Then(
  'ingress {object}{namespace} does not answer {int}{tail}',
  async function (name: string, namespace: string, status: number, tail: StepSuffix) {
    await seeIngress(this, { name, namespace }, ingressAnswersNot(status), tail)
  },
)
