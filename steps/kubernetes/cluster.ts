import type { DataTable } from '@cucumber/cucumber'
import { hasNodesAllReady } from '../../support/claim/kubernetes/all-nodes.ts'
import { type NodeState, nodeIs } from '../../support/claim/kubernetes/node.ts'
import { every } from '../../support/expect/every.ts'
import { allNodes, nodes } from '../../support/kubernetes/nodes/nodes.ts'
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
