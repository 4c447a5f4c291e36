import assert from 'node:assert/strict'
import test from 'node:test'
import { nearestSentence } from './nearest-sentence.ts'

const SENTENCES = [
  'service {string} is {unit-state}{tail}',
  'the system is running{tail}',
  '{file} contains{tail}:',
  'machine {string} comes back{within}',
  'I run {string}{tail}',
]

for (const [written, meant] of [
  ['the system is runing', 'the system is running'],
  ['the system is runing on "web1" within 3 seconds', 'the system is running'],
  ['the machine "web1" comes back within 2 minutes', 'machine {string} comes back'],
  ['I runs "uname"', 'I run {string}'],
  ['peace reigns on earth', undefined],
] as const)
  test(`"${written}" ${meant ? `means "${meant}"` : 'means nothing'}`, () =>
    assert.equal(nearestSentence(written, SENTENCES), meant))
