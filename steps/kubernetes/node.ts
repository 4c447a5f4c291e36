import type { DataTable } from '@cucumber/cucumber'
import { type NodeState, nodeExists, nodeIs } from '../../support/claim/kubernetes/node.ts'
import { every } from '../../support/expect/every.ts'
import { not } from '../../support/expect/not.ts'
import { node, nodes } from '../../support/kubernetes/nodes/nodes.ts'
import { seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import { readObjectName } from '../../support/world/words/kubernetes-words.ts'
import { Then } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'
import { readTable } from '../../support/world/words/table.ts'

Then('node {node} is {node-state}{tail}', async function (name: string, state: NodeState, tail: StepSuffix) {
  await seeCluster(this, node, name, nodeIs(state), tail)
})

Then('node {node} is not {node-state}{tail}', async function (name: string, state: NodeState, tail: StepSuffix) {
  await seeCluster(this, node, name, not(nodeIs(state), `was still ${state}`), tail)
})

Then('node {node} has joined{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, node, name, nodeExists, tail)
})

Then('node {node} does not exist{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, node, name, not(nodeExists, 'still existed'), tail)
})

Then('these nodes are {node-state}{tail}:', async function (state: NodeState, tail: StepSuffix, table: DataTable) {
  const names = readTable(table.raw(), { of: 'nodes', columns: ['node'] }).map(row =>
    readObjectName(row.node ?? '', 'a node'),
  )
  const rows = names.map(name => ({ name, expectation: nodeIs(state) }))
  await seeCluster(this, nodes, names, every(rows, { is: state }), tail)
})
