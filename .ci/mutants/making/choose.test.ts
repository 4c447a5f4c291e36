import assert from 'node:assert/strict'
import test from 'node:test'
import { mutantIn } from '../testing.ts'
import { choose } from './choose.ts'

const inFile = (fileName: string) =>
  Array.from({ length: 40 }, (_, at) => mutantIn(`a${at}\nb\nb\n`, `a${at}`, 'c', { id: `${fileName}${at}`, fileName }))
const [one, two] = [inFile('support/claim/one.ts'), inFile('support/claim/two.ts')]
const ids = (chosen: ReturnType<typeof choose>): string[] => chosen.map(({ id }) => id)

test('the same seed chooses the same mutants, another seed others', () => {
  const first = ids(choose(one, '1', 10))
  assert.equal(first.length, 10)
  assert.deepEqual(ids(choose([...one].reverse(), '1', 10)).sort(), [...first].sort())
  assert.notDeepEqual(ids(choose(one, '2', 10)), first)
})

test('what is chosen of one file does not hang on the others', () => {
  const ofOne = ids(choose([...one, ...two], '1', 20)).filter(id => id.includes('one'))
  assert.ok(ofOne.length > 0 && ofOne.length < 20)
  assert.deepEqual(ids(choose(one, '1', ofOne.length)), ofOne)
})

test('two mutants of the same text are two, and no more are chosen than there are', () => {
  const same = [mutantIn('b\n', 'b', 'c', { id: '1' }), mutantIn('a\nb\n', 'b', 'c', { id: '2' })]
  assert.deepEqual(ids(choose(same, '1', 5)), ['1', '2'])
})
