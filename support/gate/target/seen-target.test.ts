import assert from 'node:assert/strict'
import test from 'node:test'
import { goodTarget, seenTarget } from '../testing/document.ts'
import { targetSchema } from './bound-target.ts'
import { bindTarget } from './seen-target.ts'

test('what is known is bound', () => assert.deepEqual(bindTarget(seenTarget()), goodTarget()))

test('what is not known is not bound, and stands among the judgements', () => {
  const unknown = { unknown: 'Permission\ndenied' }
  const bound = bindTarget({ ...seenTarget(), uuid: unknown, architecture: unknown, firmware: unknown, disks: unknown })
  const { uuid, architecture, firmware, disks, preflight } = targetSchema.parse(bound)
  assert.deepEqual([uuid, architecture, firmware, disks], [null, null, null, {}])
  assert.deepEqual(
    preflight.slice(1).map(({ what, outcome, said }) => `${what}: ${outcome}: ${said}`),
    ['UUID', 'architecture', 'firmware', 'disks'].map(part => `identity, ${part}: unknown: Permission denied`),
  )
})

test('a computer without a UUID is bound without one', () =>
  assert.deepEqual(bindTarget(seenTarget({ uuid: null })), { ...goodTarget(), uuid: null }))
