import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import { isEqual, outdated, readEqual } from './equal.ts'
import { mutantIn } from './testing.ts'

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

test('each mutant that is excused is of a file that is there, once, and has its reason', () => {
  const all = readEqual()
  for (const { file } of all) assert.ok(existsSync(file), file)
  assert.equal(new Set(all.map(({ reason, ...place }) => JSON.stringify(place))).size, all.length)
})
