import assert from 'node:assert/strict'
import test from 'node:test'
import type { Fate } from './running/try-mutant.ts'
import { scores, table } from './score.ts'
import { mutantIn } from './testing.ts'

const tried = (fileName: string, ...fates: readonly Fate[]) =>
  fates.map(fate => ({ mutant: mutantIn('a', 'a', 'b', { fileName }), fate }))

test('what a test, its time limit or the compiler noticed counts; what was not reached counts against the code, too', () => {
  const all = scores([
    ...tried('support/probe/a/b.ts', 'killed', 'hung', 'types', 'unreached'),
    ...tried('support/claim/a.ts', 'survived'),
  ])
  assert.deepEqual(
    all.map(({ folder, tried: count, percent }) => [folder, count, percent]),
    [
      ['support/claim', 1, 0],
      ['support/probe', 4, 75],
      ['all', 5, 60],
    ],
  )
})

test('the table says each fate apart', () => {
  const [, line = ''] = table(scores(tried('support/probe/a.ts', 'killed', 'killed', 'hung', 'survived'))).split('\n')
  assert.deepEqual(line.trim().split(/ {2,}/), ['support/probe', '4', '2', '1', '0', '1', '0', '75.0 %'])
})
