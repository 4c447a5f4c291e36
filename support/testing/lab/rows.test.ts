import assert from 'node:assert/strict'
import test from 'node:test'
import { sentenceOf, stepsOf } from './rows.ts'

test('a sentence without a word of time is asked now, or gets a bound, at the end of its first line', () => {
  assert.equal(sentenceOf('user "a" exists'), 'user "a" exists now')
  assert.equal(sentenceOf('these users exist:\n| a |'), 'these users exist now:\n| a |')
  assert.equal(sentenceOf('user "a" exists', '3 seconds'), 'user "a" exists within 3 seconds')
})

test('one that speaks of time, and steps, stay as they are', () => {
  for (const sentence of [
    'user "a" exists within 2 seconds',
    'user "a" exists now',
    'service "a" stays active for 3 seconds',
    'When I run "true"\nThen it succeeds',
  ])
    assert.equal(sentenceOf(sentence), sentence)
  assert.equal(sentenceOf('user "a" exists', ''), 'user "a" exists')
})

test('a sentence is a Then, its other lines stay', () => {
  assert.deepEqual(stepsOf('these users exist:\n| a |'), ['Then these users exist:', '| a |'])
  assert.deepEqual(stepsOf('When I run "true"\nThen it succeeds'), ['When I run "true"', 'Then it succeeds'])
})
