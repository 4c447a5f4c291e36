/** The contract for claims: every Then sentence, judged by its own step for each answer that a machine may give. */
import assert from 'node:assert/strict'
import { basename } from 'node:path'
import test from 'node:test'
import { KINDS } from '../claim/rows/row.ts'
import { NOT_ASKED, OPEN, TABLES } from '../claim/rows/tables.ts'
import { ask } from './testing/ask.ts'
import { meanings, stepDefinitions } from './testing/step-definitions.ts'

const sentences = stepDefinitions.filter(({ keyword }) => keyword === 'Then').map(({ pattern }) => String(pattern))
const domainOf = (pattern: string): string =>
  basename(stepDefinitions.find(step => String(step.pattern) === pattern)?.uri ?? '', '.ts')
const tables = Object.values(TABLES).flatMap(table => Object.entries(table))
const patterns = tables.map(([pattern]) => pattern)

for (const [pattern, { rows }] of tables)
  for (const [at, [kind, sentence, guest, outcome, says]] of rows.entries())
    test(`${sentence}: ${kind} (${at + 1}): ${outcome}`, async () => {
      assert.ok(
        meanings(sentence).some(step => step.pattern === pattern) || outcome === 'refused',
        `is no "${pattern}"`,
      )
      const judged = await ask(sentence, guest)
      assert.equal(judged.outcome, outcome, judged.message)
      if (says) assert.match(judged.message, says)
    })

test('of what is not there nothing is said that it still is', async () => {
  const rows = tables.flatMap(([, { rows }]) =>
    rows.filter(([kind, , , outcome]) => kind === 'absent' && outcome === 'not met'),
  )
  assert.ok(rows.length > 40)
  for (const [, sentence, guest] of rows) {
    const [headline = ''] = (await ask(sentence, guest)).message.split('\n')
    assert.doesNotMatch(headline, / still /, sentence)
  }
})

test('every Then sentence has its rows', () => {
  const missing = sentences.filter(
    pattern => !patterns.includes(pattern) && !OPEN.includes(pattern) && !(domainOf(pattern) in NOT_ASKED),
  )
  assert.deepEqual(missing, [], 'write their rows beside the claim, and name them in support/claim/rows/tables.ts')
})

test('every kind of answer is among the rows of a sentence, or has its reason why it cannot be', () => {
  const missing = tables.flatMap(([pattern, { rows, without = {} }]) =>
    KINDS.filter(kind => !(kind in without) && !rows.some(row => row[0] === kind)).map(kind => `${kind}: ${pattern}`),
  )
  const idle = tables.flatMap(([pattern, { rows, without = {} }]) =>
    KINDS.filter(kind => kind in without && rows.some(row => row[0] === kind)).map(kind => `${kind}: ${pattern}`),
  )
  assert.deepEqual([missing, idle], [[], []])
})

test('the list of sentences without rows only becomes shorter', () => {
  assert.deepEqual(
    OPEN.filter(pattern => patterns.includes(pattern) || !sentences.includes(pattern)),
    [],
  )
})

test('no rows are kept for a sentence that is gone, and none stand twice', () => {
  assert.deepEqual(
    patterns.filter((pattern, at) => !sentences.includes(pattern) || patterns.indexOf(pattern) !== at),
    [],
  )
})
