import assert from 'node:assert/strict'
import test from 'node:test'
import { milliseconds } from '../time/duration.ts'
import { matchingLines, PatternTooSlow } from './pattern.ts'

test('the lines that match, as they are', () => {
  assert.deepEqual(matchingLines(/b+$/, ['ab', 'ba', '\u{1f600}b', '']), ['ab', '\u{1f600}b'])
  assert.deepEqual(matchingLines(/x/, []), [])
})

for (const pattern of [/^(a+)+$/, /^(a|aa)+b$/, /(.*,){25}!/, /^(\w+\s?)*$/, /^(?=(a+)+$)/])
  test(`${pattern} ends at its bound, and tells nothing of what it did not finish`, () => {
    const line = `${'a'.repeat(60)},${'a ,'.repeat(40)}!?`
    assert.throws(() => matchingLines(pattern, [`${'a'.repeat(60)}!`, line], milliseconds(50)), PatternTooSlow)
  })
