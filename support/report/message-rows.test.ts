import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { rows } from '../core/text/text.ts'
import { messageParts } from './message-rows.ts'

test('rows come back as they were given, with several lines and with long labels', () => {
  const given = {
    Expected: 'all active',
    Observed: 'nginx.service  failed\ncron.service   inactive',
    'Did you mean': 'x  y',
  }
  const {
    headline,
    rows: found,
    rest,
  } = messageParts(`2 services were not active\n${rows(given)}\nThe journal\n  said so`)
  assert.equal(headline, '2 services were not active')
  assert.deepEqual(Object.fromEntries(found.map(({ label, text }) => [label, text])), given)
  assert.equal(rest, 'The journal\n  said so')
})

const plain = [
  '',
  'one line',
  'TypeError: no\n    at web.ts:56:48',
  'headline\n\nwords without rows',
  'headline\n\n  indented words of one sentence',
  'headline\n\n  [    9.312] nginx[812]: bind() failed',
  'headline\n  Expected   not after a blank line',
]
for (const message of plain)
  test(`no rows, and nothing lost: ${JSON.stringify(message)}`, () => {
    const { headline, rows: none, rest } = messageParts(message)
    assert.deepEqual(none, [])
    assert.equal(message.includes('\n') ? `${headline}\n${rest}` : headline, message)
  })

test('of every message that was looked at no word is lost', () => {
  const folder = join(import.meta.dirname, '../../fixtures/golden/messages')
  for (const file of readdirSync(folder)) {
    const [, message = ''] = readFileSync(join(folder, file), 'utf8').split(/\n\n([\s\S]*)/)
    const { headline, rows: found, rest } = messageParts(message)
    assert.ok(found.length >= 2, file)
    const said = [headline, ...found.flatMap(({ label, text }) => [label, text]), rest].join('\n')
    assert.deepEqual(said.split(/\s+/).filter(Boolean), message.split(/\s+/).filter(Boolean), file)
  }
})
