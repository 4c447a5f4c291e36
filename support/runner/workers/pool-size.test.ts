import assert from 'node:assert/strict'
import test from 'node:test'
import { poolSize } from './pool-size.ts'

const rows: readonly (readonly [string, number | 'auto', number, number, number])[] = [
  ['a number is taken as it is', 7, 2, 1000, 7],
  ['as many as there are cores', 'auto', 4, 64_000, 4],
  ['as far as memory reaches', 'auto', 16, 4000, 3],
  ['one at least', 'auto', 4, 300, 1],
]
for (const [what, asked, cores, mib, size] of rows)
  test(`the size of a pool: ${what}`, () => assert.equal(poolSize(asked, { cores, availableMiB: () => mib }), size))
