import assert from 'node:assert/strict'
import test from 'node:test'
import type { Comparison } from './comparison.ts'
import { verdictOf } from './verdict.ts'

const nothing = {
  ...{ base: {}, newFailures: [], newErrors: [], stillFailing: [], fixed: [], notComparable: [] },
  held: 1,
} as unknown as Comparison
const found = (more: Readonly<Record<string, unknown>>): Comparison => ({ ...nothing, ...more })
const [failed, error] = [{ outcome: 'failed' }, { outcome: 'error' }]

for (const [what, more, terms, word, exitCode] of [
  ['nothing', {}, {}, 'NOTHING NEW', 0],
  ['a new failure', { newFailures: [failed] }, {}, 'NEW FAILURES', 1],
  ['a new failure and an old one', { newFailures: [failed], stillFailing: [error] }, {}, 'NEW FAILURES', 1],
  ['a new error', { newErrors: [error] }, {}, 'NEW ERRORS', 3],
  ['an old failure', { stillFailing: [failed] }, {}, 'NOTHING NEW', 0],
  ['an old failure, strictly', { stillFailing: [failed] }, { strict: true }, 'STILL FAILING', 1],
  ['an old error, strictly', { stillFailing: [error] }, { strict: true }, 'STILL FAILING', 3],
  ['old of both, strictly', { stillFailing: [error, failed] }, { strict: true }, 'STILL FAILING', 1],
  [
    'a new error and an old failure, strictly',
    { newErrors: [error], stillFailing: [failed] },
    { strict: true },
    'STILL FAILING',
    1,
  ],
  [
    'a new error and an old one, strictly',
    { newErrors: [error], stillFailing: [error] },
    { strict: true },
    'NEW ERRORS',
    3,
  ],
  ['nothing that was judged', {}, { judged: 0 }, 'NOT COMPARABLE', 3],
  ['one that was not seen', {}, { unseen: 1 }, 'NOT COMPARABLE', 3],
  ['a failure, and one that was not seen', { newFailures: [failed] }, { unseen: 1 }, 'NEW FAILURES', 1],
] as const)
  test(`${what}: ${word}, exit code ${exitCode}`, () => {
    const verdict = verdictOf(found(more), { strict: false, judged: 1, unseen: 0, ...terms })
    assert.deepEqual([verdict.word, verdict.exitCode], [word, exitCode])
  })

test('the summary counts what there is, and says of what held whether it did before', () => {
  const summary = (more: Readonly<Record<string, unknown>>) =>
    verdictOf(found(more), { strict: false, judged: 1, unseen: 0 }).summary
  assert.equal(summary({}), '1 held as before')
  assert.equal(summary({ base: undefined, held: 2 }), '2 held')
  const all = {
    newFailures: [failed, failed],
    newErrors: [error],
    stillFailing: [failed],
    fixed: [{}],
    notComparable: [{}],
  }
  assert.equal(
    summary({ ...all, held: 0 }),
    '2 new failures, 1 new error, 1 still failing, 1 fixed, 1 not comparable, 0 held as before',
  )
})
