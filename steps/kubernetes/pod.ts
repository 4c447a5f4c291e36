/** Pods: by their names, by a label, and whether they are started again. */
import { objectExists, objectIsAbsent } from '../../support/claim/kubernetes/objects.ts'
import { type PodState, podIs } from '../../support/claim/kubernetes/pods/pod.ts'
import { podStaysUnrestarted, podsStayUnrestarted } from '../../support/claim/kubernetes/pods/pod-restarts.ts'
import { podsAre } from '../../support/claim/kubernetes/pods/pods.ts'
import type { Duration } from '../../support/core/time/duration.ts'
import { not } from '../../support/expect/not.ts'
import { pod, podsWithLabel } from '../../support/kubernetes/pods/pods.ts'
import { keepSeeingCluster, seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import type { SomePods } from '../../support/world/words/kubernetes-words.ts'
import { Then } from '../../support/world/words/sentence.ts'
import type { StepSuffix, Target } from '../../support/world/words/step-suffix.ts'

Then(
  'pod {pod}{namespace} is {pod-state}{tail}',
  async function (name: string, namespace: string, state: PodState, tail: StepSuffix) {
    await seeCluster(this, pod, { name, namespace }, podIs(state), tail)
  },
)

Then(
  'pod {pod}{namespace} is not {pod-state}{tail}',
  async function (name: string, namespace: string, state: PodState, tail: StepSuffix) {
    await seeCluster(this, pod, { name, namespace }, not(podIs(state), `was still ${state}`), tail)
  },
)

Then('pod {pod}{namespace} exists{tail}', async function (name: string, namespace: string, tail: StepSuffix) {
  await seeCluster(this, pod, { name, namespace }, objectExists, tail)
})

Then('pod {pod}{namespace} does not exist{tail}', async function (name: string, namespace: string, tail: StepSuffix) {
  await seeCluster(this, pod, { name, namespace }, objectIsAbsent, tail)
})

Then(
  '{pods}{namespace} {are} {pod-state}{tail}',
  async function ({ howMany, label }: SomePods, namespace: string, _: string, state: PodState, tail: StepSuffix) {
    await seeCluster(this, podsWithLabel, { label, namespace }, podsAre(howMany, state), tail)
  },
)

Then(
  'the restarts of pod {pod}{namespace} do not grow for {duration}{place}',
  async function (name: string, namespace: string, lasting: Duration, place: Target) {
    await keepSeeingCluster(this, pod, { name, namespace }, podStaysUnrestarted(), { ...place, lasting })
  },
)

Then(
  'the restarts of pods with label {label}{namespace} do not grow for {duration}{place}',
  async function (label: string, namespace: string, lasting: Duration, place: Target) {
    await keepSeeingCluster(this, podsWithLabel, { label, namespace }, podsStayUnrestarted(), { ...place, lasting })
  },
)
