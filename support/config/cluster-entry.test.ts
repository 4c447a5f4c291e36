import assert from 'node:assert/strict'
import test from 'node:test'
import { clusterEntry, clusterSettings } from './cluster-entry.ts'

test('on the runner a kubeconfig starts at the folder of the project', () =>
  assert.deepEqual(clusterSettings({ kubeconfig: 'keys/lab.conf', context: 'lab' }, '/project'), {
    kubeconfig: '/project/keys/lab.conf',
    context: 'lab',
  }))

test('on a machine it is a path there, and nothing else', () => {
  const there = { machine: 'control', kubeconfig: '/root/admin.conf' }
  assert.deepEqual(clusterSettings(there, '/project'), there)
  assert.throws(
    () => clusterSettings({ machine: 'control', kubeconfig: 'admin.conf' }, '/project'),
    /"admin.conf" is no path on machine "control"/,
  )
})

test('other keys are none', () => assert.equal(clusterEntry.safeParse({ kubeConfig: 'x' }).success, false))
