import assert from 'node:assert/strict'
import test from 'node:test'
import { milliseconds, seconds } from '../core/duration.ts'
import { bounded } from './bounded.ts'

const observation = { subject: 'a number', look: async () => 7 }

test('what is left of the time may be any part of a millisecond, as a real clock gives it', async () => {
  assert.equal(await bounded(observation, { attempt: seconds(5) }, milliseconds(999.9083919999998)), 7)
})
