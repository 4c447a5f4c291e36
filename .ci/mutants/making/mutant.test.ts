import assert from 'node:assert/strict'
import test from 'node:test'
import { mutantIn } from '../testing.ts'

const SOURCE = `const a = 1
export const isLong = (text: string) =>
  text.length > 3 &&
  text !== ''
`

test('a mutant has its place, its lines in one, and the whole file with the fault', () => {
  const { line, before, after, text } = mutantIn(SOURCE, 'length > 3', 'length >= 3')
  assert.deepEqual([line, before, after], [3, 'text.length > 3 &&', 'text.length >= 3 &&'])
  assert.equal(text, SOURCE.replace('length > 3', 'length >= 3'))
})

test('lines that change together are told in one line, to the last of them', () => {
  const { line, before, after } = mutantIn(SOURCE, "text.length > 3 &&\n  text !== ''", 'true')
  assert.deepEqual([line, before, after], [3, "text.length > 3 && text !== ''", 'true'])
})

test('the last line may have no end', () => {
  assert.equal(mutantIn('a\nb', 'b', 'c').after, 'c')
})

test('long code is cut, but never so that the fault is out of sight', () => {
  const long = `f(${'x'.repeat(300)}, 1)`
  assert.equal(mutantIn(long, 'f', 'g').before.length, 240)
  const late = mutantIn(long, '1', '2')
  assert.deepEqual([late.before, late.after], [long, long.replace('1', '2')])
})
