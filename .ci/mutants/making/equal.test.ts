import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import { mutantIn } from '../testing.ts'
import { isEqual, outdated, readEqual } from './equal.ts'

const mutant = mutantIn('a > 1\n', '>', '>=')
const listed = { file: mutant.file, before: 'a > 1', after: 'a >= 1', reason: 'a is never 1, as the type says' }

test('a mutant is excused by its file and text, wherever it stands', () => {
  assert.ok(isEqual(mutantIn('\n\na > 1\n', '>', '>='), [listed]))
  for (const other of [{ file: 'support/claim/b.ts' }, { before: 'b > 1' }, { after: 'a < 1' }]) {
    assert.ok(!isEqual(mutant, [{ ...listed, ...other }]))
  }
})

test('an excuse for code that is no more is told; files that were not looked at are not judged', () => {
  const gone = { ...listed, before: 'a > 2' }
  const elsewhere = { ...gone, file: 'support/claim/b.ts' }
  assert.deepEqual(outdated([listed, gone, elsewhere], [mutant]), [gone])
})

test('a kind of mutant is excused below its folder, by what would stand there', () => {
  const kind = { folder: 'support/claim/', after: '^f\\("Stryker', reason: 'f does not look at its text' }
  const other = mutantIn('f(a)\n', 'a', '"Stryker was here!"')
  assert.ok(isEqual(other, [kind]) && !isEqual(mutant, [kind]))
  assert.ok(!isEqual(other, [{ ...kind, folder: 'support/probe/' }]))
  assert.deepEqual(outdated([kind, { ...kind, folder: 'support/probe/' }], [mutant]), [kind])
})

test('each mutant that is excused is of a file that is there, once, and has its reason', () => {
  const all = readEqual()
  for (const each of all) assert.ok(existsSync('folder' in each ? each.folder : each.file), JSON.stringify(each))
  assert.equal(new Set(all.map(({ reason, ...place }) => JSON.stringify(place))).size, all.length)
})
