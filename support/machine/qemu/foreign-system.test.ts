import assert from 'node:assert/strict'
import test from 'node:test'
import { foreignSystem } from './foreign-system.ts'

test('a machine of another system is emulated, and why is said', () => {
  assert.deepEqual(foreignSystem('aarch64-linux', 'x86_64-linux'), {
    name: 'tcg',
    why: 'it is of aarch64-linux, and this computer of x86_64-linux',
  })
  assert.equal(foreignSystem('x86_64-linux', 'aarch64-linux')?.name, 'tcg')
  assert.equal(foreignSystem('riscv64-linux', 'x86_64-linux')?.name, 'tcg')
})

test('one of this computer’s own may have KVM, and so may one that is not known', () => {
  for (const system of ['x86_64-linux', 'i686-linux', undefined])
    assert.equal(foreignSystem(system, 'x86_64-linux'), undefined)
})
