import assert from 'node:assert/strict'
import test from 'node:test'
import { leaseOf } from './lease.ts'

const of = (...tags: string[]) => leaseOf({ id: '1', uri: 'a.feature', tags })

test('tags say how a scenario wants its machines', () => {
  assert.equal(of('@web').isolation, 'clean')
  assert.equal(of('@fresh').isolation, 'fresh')
  assert.equal(of('@shared', '@web').isolation, 'shared')
  assert.equal(of('@milestone').milestone, true)
})

test('tags that contradict each other are refused', () =>
  assert.throws(() => of('@fresh', '@shared'), /cannot be both @fresh and @shared.*Got\s+@fresh @shared/s))
