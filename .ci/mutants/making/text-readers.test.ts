import assert from 'node:assert/strict'
import test from 'node:test'
import { testFiles } from '../../tests.ts'
import { TEXT_READERS, withoutTextReaders } from './text-readers.ts'

test('what reads the text of the code is left out, is a file of fast tests, and is told with the reason', () => {
  const all = testFiles('unit')
  const told: string[] = []
  const left = withoutTextReaders(all, text => told.push(text))
  const names = Object.keys(TEXT_READERS)
  assert.deepEqual(
    all.filter(name => !left.includes(name)),
    names,
  )
  assert.equal(told.length, names.length)
  assert.match(
    told.join('\n'),
    /^left out, reads the text of the code: support\/core\/linear-patterns\.test\.ts: tries/,
  )
})
