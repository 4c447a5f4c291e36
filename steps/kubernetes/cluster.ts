import type { DataTable } from '@cucumber/cucumber'
import { apiIsReachable } from '../../support/claim/kubernetes/control-plane/api-reach.ts'
import { areValidFor } from '../../support/claim/kubernetes/control-plane/certificates.ts'
import { isHealthy } from '../../support/claim/kubernetes/control-plane/healthy.ts'
import { keepsQuorumWithout } from '../../support/claim/kubernetes/control-plane/quorum.ts'
import { hasNodesAllReady } from '../../support/claim/kubernetes/nodes/all-nodes.ts'
import { type NodeState, nodeIs } from '../../support/claim/kubernetes/nodes/node.ts'
import { noPodHasOnly } from '../../support/claim/kubernetes/nodes/only-node.ts'
import type { Duration } from '../../support/core/time/duration.ts'
import { every } from '../../support/expect/every.ts'
import { not } from '../../support/expect/not.ts'
import { certificates } from '../../support/kubernetes/control-plane/certificates.ts'
import { controlPlane } from '../../support/kubernetes/control-plane/control-plane.ts'
import { quorum } from '../../support/kubernetes/control-plane/quorum.ts'
import { allNodes, nodes } from '../../support/kubernetes/nodes/nodes.ts'
import { podsOnNode } from '../../support/kubernetes/nodes/pods-on-node.ts'
import { seeApi } from '../../support/world/kubernetes/see-api.ts'
import { seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import { readObjectName } from '../../support/world/words/kubernetes-words.ts'
import { Then } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'
import { readTable } from '../../support/world/words/table.ts'

Then('these nodes are {node-state}{tail}:', async function (state: NodeState, tail: StepSuffix, table: DataTable) {
  const names = readTable(table.raw(), { of: 'nodes', columns: ['node'] }).map(row =>
    readObjectName(row.node ?? '', 'a node'),
  )
  const rows = names.map(name => ({ name, expectation: nodeIs(state) }))
  await seeCluster(this, nodes, names, every(rows, { is: state }), tail)
})

Then('the cluster has {int} node(s), all Ready{tail}', async function (count: number, tail: StepSuffix) {
  await seeCluster(this, allNodes, undefined, hasNodesAllReady(count), tail)
})

Then('the control plane is healthy{tail}', async function (tail: StepSuffix) {
  await seeCluster(this, controlPlane, undefined, isHealthy, tail)
})

Then('the control plane is not healthy{tail}', async function (tail: StepSuffix) {
  await seeCluster(this, controlPlane, undefined, not(isHealthy, 'was still healthy'), tail)
})

Then('etcd keeps its quorum without {node}{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, quorum, name, keepsQuorumWithout(name), tail)
})

Then('etcd does not keep its quorum without {node}{tail}', async function (name: string, tail: StepSuffix) {
  const wanted = not(keepsQuorumWithout(name), `still kept its quorum without ${name}`)
  await seeCluster(this, quorum, name, wanted, tail)
})

Then("the cluster's certificates are valid for {duration}{tail}", async function (lasting: Duration, tail: StepSuffix) {
  await seeCluster(this, certificates, undefined, areValidFor(lasting), tail)
})

Then('no pod has only node {node}{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, podsOnNode, name, noPodHasOnly(name), tail)
})

Then('the API of the cluster is reachable from {string}{tail}', async function (from: string, tail: StepSuffix) {
  await seeApi(this, from, apiIsReachable(from), tail)
})

Then('the API of the cluster is not reachable from {string}{tail}', async function (from: string, tail: StepSuffix) {
  await seeApi(this, from, not(apiIsReachable(from), `was still reachable from ${from}`), tail)
})
