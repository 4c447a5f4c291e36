import { type NodeState, nodeExists, nodeIs } from '../../support/claim/kubernetes/nodes/node.ts'
import * as has from '../../support/claim/kubernetes/nodes/node-properties.ts'
import { not } from '../../support/expect/not.ts'
import type { NodeVerb } from '../../support/kubernetes/nodes/node-action.ts'
import { node } from '../../support/kubernetes/nodes/nodes.ts'
import { changes } from '../../support/world/effect.ts'
import { actOnNode } from '../../support/world/kubernetes/act-on-node.ts'
import { rememberNode, seeNodeAgain } from '../../support/world/kubernetes/node-marks.ts'
import { seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import { Then, When } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'
import type { NixWorld } from '../../support/world/world.ts'

When(
  'node {node} is {node-verb}{tail}',
  changes(async function (this: NixWorld, name: string, verb: NodeVerb, tail: StepSuffix) {
    await actOnNode(this, name, verb, tail)
  }),
)

Then('node {node} is {node-state}{tail}', async function (name: string, state: NodeState, tail: StepSuffix) {
  rememberNode(this, await seeCluster(this, node, name, nodeIs(state), tail))
})

Then('node {node} is not {node-state}{tail}', async function (name: string, state: NodeState, tail: StepSuffix) {
  rememberNode(this, await seeCluster(this, node, name, not(nodeIs(state), `was still ${state}`), tail))
})

Then('node {node} becomes Ready again{tail}', async function (name: string, tail: StepSuffix) {
  await seeNodeAgain(this, name, tail)
})

Then('node {node} has joined{tail}', async function (name: string, tail: StepSuffix) {
  rememberNode(this, await seeCluster(this, node, name, nodeExists, tail))
})

Then('node {node} does not exist{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, node, name, not(nodeExists, 'still existed'), tail)
})

Then('node {node} has role {role}{tail}', async function (name: string, role: string, tail: StepSuffix) {
  await seeCluster(this, node, name, has.hasRole(role), tail)
})

Then('node {node} does not have role {role}{tail}', async function (name: string, role: string, tail: StepSuffix) {
  await seeCluster(this, node, name, not(has.hasRole(role), `still had role ${role}`), tail)
})

Then(
  'node {node} has label {label-key} set to {string}{tail}',
  async function (name: string, key: string, value: string, tail: StepSuffix) {
    await seeCluster(this, node, name, has.hasLabelSet(key, value), tail)
  },
)

Then('node {node} does not have label {label-key}{tail}', async function (name: string, key: string, tail: StepSuffix) {
  await seeCluster(this, node, name, not(has.hasLabel(key), `still had label ${key}`), tail)
})

Then('node {node} has taint {taint}{tail}', async function (name: string, taint: has.WantedTaint, tail: StepSuffix) {
  await seeCluster(this, node, name, has.hasTaint(taint), tail)
})

Then(
  'node {node} does not have taint {taint}{tail}',
  async function (name: string, taint: has.WantedTaint, tail: StepSuffix) {
    await seeCluster(this, node, name, not(has.hasTaint(taint), `still had taint ${taint.text}`), tail)
  },
)

Then('node {node} has address {node-address}{tail}', async function (name: string, address: string, tail: StepSuffix) {
  await seeCluster(this, node, name, has.hasAddress(address), tail)
})

Then(
  'node {node} runs kubelet {kubelet}{tail}',
  async function (name: string, wanted: has.WantedVersion, tail: StepSuffix) {
    await seeCluster(this, node, name, has.runsKubelet(wanted), tail)
  },
)

Then(
  'node {node} has at least {node-size}{tail}',
  async function (name: string, size: has.WantedSize, tail: StepSuffix) {
    await seeCluster(this, node, name, has.hasAtLeast(size), tail)
  },
)
