import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { Envelope } from '@cucumber/messages'
import { readResults } from '../record/run/results-file.ts'
import { Results } from './results/results.ts'
import { renderResults } from './results-json.ts'

const recorded = readFileSync(join(import.meta.dirname, '../../fixtures/transcripts/mixed-run/messages.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => JSON.parse(line) as Envelope)

function readBack(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'results-'))
  try {
    writeFileSync(join(folder, 'results.json'), text)
    return readResults(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function rendered(envelopes: readonly Envelope[]): string {
  const results = new Results()
  for (const envelope of envelopes) results.accept(envelope)
  return renderResults({ results })
}

test('what is written can be read: each scenario by its key, how it ended and what was said', () => {
  const { scenarios = {} } = readBack(rendered(recorded)) ?? {}
  const told = Object.entries(scenarios).map(
    ([key, { outcome, attempts, error }]) => [key.replace(/.*: /, ''), outcome, attempts, error] as const,
  )
  assert.deepEqual(told.slice(1, 6), [
    ['The page › The page is served', 'held', 1, undefined],
    ['The page › The page is served by nginx', 'failed', 1, 'nginx.service on web was not active within 60 s'],
    ['The page › The page after a restart', 'error', 1, 'Machine "web" cannot be reached'],
    ['What surrounds it › A sentence with a typing error', 'refused', 1, 'Unknown sentence: it ansers 200'],
    ['What surrounds it › A number that is refused', 'refused', 1, '"20000" is no HTTP status'],
  ])
  assert.deepEqual(told.at(-2), ['What surrounds it › <page> is found [1]', 'held', 1, undefined])
})

test('a scenario of one machine among several names it', () => {
  const tagged = recorded.map(each =>
    each.pickle ? { pickle: { ...each.pickle, tags: [{ name: '@machine:web1', astNodeId: '' }] } } : each,
  )
  const all = Object.entries(readBack(rendered(tagged))?.scenarios ?? {})
  assert.ok(all.length > 5 && all.every(([key, { machine }]) => machine === 'web1' && key.endsWith(' @ web1')))
})

test('what was only announced has no attempt', () => {
  const announced = recorded.filter(({ testCaseStarted }) => !testCaseStarted)
  const all = Object.values(readBack(rendered(announced))?.scenarios ?? {})
  assert.ok(all.length > 5 && all.every(({ outcome, attempts }) => outcome === 'unfinished' && attempts === 0))
})

test('a scenario that is only renamed keeps the hash of its steps, one that says something else does not', () => {
  const bodyOf = (name: string, change = (text: string) => text): string | undefined => {
    const changed = recorded.map(each => (each.pickle ? (JSON.parse(change(JSON.stringify(each))) as Envelope) : each))
    const { scenarios = {} } = readBack(rendered(changed)) ?? {}
    return Object.entries(scenarios).find(([key]) => key.includes(name))?.[1].body
  }
  const before = bodyOf('served by nginx')
  assert.match(before ?? '', /^[\da-f]{16}$/)
  assert.equal(
    bodyOf('served by nginx', text => text.replace('served by nginx', 'served at last')),
    before,
  )
  assert.notEqual(
    bodyOf('served by nginx', text => text.replace('nginx is active', 'nginx is enabled')),
    before,
  )
})

test('what is none of ours is no record', () => {
  for (const text of ['', '{}', '{"format":2,"scenarios":{}}', '{"format":1,"scenarios":{"a":{"outcome":"great"}}}'])
    assert.equal(readBack(text), undefined)
})
