import assert from 'node:assert/strict'
import test from 'node:test'
import type { Kexec } from '../facts/system.ts'
import { mayKexec } from './kexec.ts'

const debian = { is: { id: 'debian', idLike: [] } }
const good: Kexec = { disabled: false, tools: ['tar', 'cpio', 'setsid', 'wget'] }
const unknown = { unknown: 'no such tool' }

for (const [what, change, is, words] of [
  ['a kernel that lets another take its place', {}, 'held', /^$/],
  ['one without a word of lockdown', { lockdown: 'none' }, 'held', /^$/],
  ['one that starts no other', { disabled: true }, 'not held', /kexec_load_disabled/],
  ['one that is locked down', { lockdown: 'integrity' }, 'not held', /locked down \(integrity\)/],
  ['a system without tools', { tools: ['tar', 'curl'] }, 'not held', /^it lacks cpio, setsid$/],
] as const)
  test(`${what}: ${is}`, () => {
    const found = mayKexec({ os: debian, kexec: { is: { ...good, ...change } } })
    assert.equal(found.is, is)
    assert.match(found.is === 'held' ? '' : found.reasons.join('\n'), words)
  })

test('what is not known is no yes', () => {
  assert.deepEqual(mayKexec({ os: debian, kexec: unknown }), { is: 'unknown', reasons: ['no such tool'] })
  assert.equal(mayKexec({ os: unknown, kexec: { is: good } }).is, 'unknown')
})

test('an installer is replaced by nothing', () =>
  assert.equal(
    mayKexec({ os: { is: { id: 'nixos', idLike: [], variantId: 'installer' } }, kexec: unknown }).is,
    'held',
  ))
