import assert from 'node:assert/strict'
import test from 'node:test'
import { ofCluster } from './see-cluster.ts'

test('what the runner asks of a cluster is said to be of the cluster, once', () => {
  assert.equal(ofCluster('node n1'), 'node n1 of the cluster')
  assert.equal(ofCluster('the cluster'), 'the cluster')
  assert.equal(ofCluster('certificates of the cluster'), 'certificates of the cluster')
})
