import assert from 'node:assert/strict'
import test from 'node:test'
import { ofRehearsal } from './install-look.ts'

const outcome = (
  word: Parameters<typeof ofRehearsal>[0]['word'],
  virtualization: { is: string } | { unknown: string },
) => ofRehearsal({ word }, { virtualization }).map(each => each.outcome)

test('no computer is wiped for a rehearsal, and none of which it is not known whether it is one', () => {
  assert.deepEqual(outcome('GO (rehearsal with offline inputs)', { is: 'qemu' }), ['held'])
  assert.deepEqual(outcome('GO (rehearsal with offline inputs)', { is: 'none' }), ['not held'])
  assert.deepEqual(outcome('GO (rehearsal with offline inputs)', { unknown: 'no systemd-detect-virt' }), ['unknown'])
  assert.deepEqual(outcome('GO', { is: 'none' }), [])
})
