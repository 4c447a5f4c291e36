import assert from 'node:assert/strict'
import test from 'node:test'
import { readQuantity } from './quantity.ts'

for (const [one, other] of [
  ['1', '1000m'],
  ['0.5', '500m'],
  ['.5e1', '5'],
  ['5e-1', '500m'],
  ['1.', '1'],
  ['12e3', '12k'],
  ['1E3', '1k'],
  ['1Gi', '1024Mi'],
  ['1.5Gi', '1536Mi'],
  ['1G', '1000M'],
  ['1E', '1000P'],
  ['1Ei', '1024Pi'],
  ['100n', '0.1u'],
  ['-1', '-1000m'],
  ['+1', '1'],
] as const)
  test(`${one} is ${other}`, () => {
    assert.notEqual(readQuantity(one), undefined)
    assert.equal(readQuantity(one), readQuantity(other))
  })

test('what differs stays apart', () => {
  assert.notEqual(readQuantity('1G'), readQuantity('1Gi'))
  assert.notEqual(readQuantity('1m'), readQuantity('1M'))
  assert.ok((readQuantity('16Gi') ?? 0n) > (readQuantity('16G') ?? 0n))
})

for (const text of ['', '.', '.Gi', 'Gi', '1 Gi', '1gi', '1KB', '0x10', '1e', '1e999', '1'.repeat(40), '1\n'])
  test(`${JSON.stringify(text)} is no quantity`, () => assert.equal(readQuantity(text), undefined))
