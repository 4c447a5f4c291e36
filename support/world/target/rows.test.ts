/** The contract for sentences about a target: each is judged for what a look may tell. */
import assert from 'node:assert/strict'
import { basename } from 'node:path'
import test from 'node:test'
import { errorOf } from '../../target/judgement.ts'
import { TARGET_TABLES } from '../../target/rows/tables.ts'
import { stepDefinitions } from '../testing/step-definitions.ts'

for (const [pattern, rows] of Object.entries(TARGET_TABLES))
  for (const [outcome, what, judgement, says] of rows)
    test(`${pattern}: ${what}: ${outcome}`, () => {
      assert.deepEqual(judgement.is, outcome, JSON.stringify(judgement))
      if (says) assert.match(judgement.is === 'held' ? '' : judgement.reasons.join('\n'), says)
      const exitCode = errorOf({ missed: 'It is not so', sentence: 'it is so' }, judgement)?.exitCode
      assert.equal(exitCode, { held: undefined, 'not held': 1, unknown: 3 }[outcome])
    })

test('every sentence about the target has rows of each outcome, and no other has', () => {
  const sentences = stepDefinitions
    .filter(({ uri = '' }) => basename(uri) === 'target.ts')
    .map(({ pattern }) => String(pattern))
  assert.deepEqual(Object.keys(TARGET_TABLES).sort(), sentences.sort())
  const missing = Object.entries(TARGET_TABLES).flatMap(([pattern, rows]) =>
    ['held', 'not held', 'unknown']
      .filter(outcome => !rows.some(row => row[0] === outcome))
      .map(outcome => `${outcome}: ${pattern}`),
  )
  assert.deepEqual(missing, [])
})
