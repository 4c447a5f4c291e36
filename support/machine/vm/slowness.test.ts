import assert from 'node:assert/strict'
import test from 'node:test'
import { slownessOf } from './slowness.ts'

for (const [accelerated, secondsToReady, factor] of [
  [true, 5, 1],
  [true, 300, 1],
  [false, 10, 3],
  [false, 42, 4],
  [false, 500, 6],
] as const)
  test(`${accelerated ? 'accelerated' : 'emulated'} and ready after ${secondsToReady} s: budgets times ${factor}`, () =>
    assert.equal(slownessOf({ accelerated, secondsToReady }), factor))
