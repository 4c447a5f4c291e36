import assert from 'node:assert/strict'
import test from 'node:test'
import { freeNetwork, isAddress, macOf, overlaps } from './address.ts'

test('a card’s address is our own, for one, the same each time, and another for each machine', () => {
  assert.match(macOf('lan', 'web1'), /^02(:[0-9a-f]{2}){5}$/)
  assert.equal(macOf('lan', 'web1'), macOf('lan', 'web1'))
  assert.notEqual(macOf('lan', 'web1'), macOf('lan', 'db1'))
})

for (const [one, other, expected] of [
  ['10.0.2.0/24', '192.168.77.0/24', false],
  ['192.168.0.0/16', '192.168.77.0/24', true],
  ['192.168.77.128/25', '192.168.77.0/24', true],
  ['192.168.77.1', '192.168.77.0/24', true],
  ['0.0.0.0/0', '192.168.77.0/24', true],
  ['172.17.0.0/16', '192.168.77.0/24', false],
] as const)
  test(`${one} and ${other} ${expected ? 'overlap' : 'do not overlap'}`, () =>
    assert.equal(overlaps(one, other), expected))

test('the network is one that no machine has a route to', () => {
  assert.equal(freeNetwork(['10.0.2.0/24']), '192.168.77')
  assert.equal(freeNetwork(['192.168.77.0/24', '192.168.78.3']), '192.168.79')
  assert.equal(freeNetwork(['192.168.0.0/16']), undefined)
})

test('an address is four numbers up to 255', () => {
  assert.deepEqual(['10.1.2.3', '10.1.2', '10.1.2.256', 'db1'].map(isAddress), [true, false, false, false])
})
