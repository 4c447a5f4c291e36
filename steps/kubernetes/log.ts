/** What pods print. */
import { logsContain, logsLack } from '../../support/claim/kubernetes/pods/logs.ts'
import { logs } from '../../support/kubernetes/pods/logs.ts'
import { seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import { Then } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'

Then(
  'the logs of pod {pod}{namespace} contain {string}{tail}',
  async function (name: string, namespace: string, text: string, tail: StepSuffix) {
    await seeCluster(this, logs, { of: { name }, namespace, text }, logsContain(text), tail)
  },
)

Then(
  'the logs of pod {pod}{namespace} do not contain {string}{tail}',
  async function (name: string, namespace: string, text: string, tail: StepSuffix) {
    await seeCluster(this, logs, { of: { name }, namespace, text }, logsLack(text), tail)
  },
)

Then(
  'the logs of pods with label {label}{namespace} contain {string}{tail}',
  async function (label: string, namespace: string, text: string, tail: StepSuffix) {
    await seeCluster(this, logs, { of: { label }, namespace, text }, logsContain(text), tail)
  },
)

Then(
  'the logs of pods with label {label}{namespace} do not contain {string}{tail}',
  async function (label: string, namespace: string, text: string, tail: StepSuffix) {
    await seeCluster(this, logs, { of: { label }, namespace, text }, logsLack(text), tail)
  },
)
