import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { addToHistory, readHistory, withoutDurations } from './history.ts'

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'history-'))
  return { file: join(folder, 'history.json'), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

const there = (...keys: string[]) => new Map([['a.feature', new Set(keys)]])

test('what ran is learned, what did not run is kept, what is gone from its feature is forgotten', () => {
  using trial = place()
  addToHistory(
    trial.file,
    { 'a.feature: one': { milliseconds: 5, held: false }, 'b.feature: x': { held: true } },
    new Map(),
  )
  addToHistory(trial.file, { 'a.feature: two': { milliseconds: 7, held: true } }, there('a.feature: two'))
  assert.deepEqual(readHistory(trial.file), {
    'b.feature: x': { held: true },
    'a.feature: two': { milliseconds: 7, held: true },
  })
})

test('a machine of another inventory is not gone; one of a scenario that is not run for each machine any more is', () => {
  using trial = place()
  const before = { held: false }
  addToHistory(trial.file, { 'a.feature: one @ web1': before, 'a.feature: two @ web1': before }, new Map())
  addToHistory(trial.file, { 'a.feature: two': { held: true } }, there('a.feature: one @ db1', 'a.feature: two'))
  assert.deepEqual(Object.keys(readHistory(trial.file) ?? {}), ['a.feature: one @ web1', 'a.feature: two'])
})

test('a run of nothing changes nothing', () => {
  using trial = place()
  addToHistory(trial.file, { 'a.feature: one': { held: true } }, new Map())
  const before = readFileSync(trial.file, 'utf8')
  addToHistory(trial.file, {}, there())
  assert.equal(readFileSync(trial.file, 'utf8'), before)
})

test('a shard learns what held, and leaves the durations by which all shards are cut', () => {
  const learned = { one: { milliseconds: 900, held: false }, two: { milliseconds: 3, held: true } }
  assert.deepEqual(withoutDurations(learned, { one: { milliseconds: 5, held: true } }), {
    one: { milliseconds: 5, held: false },
    two: { held: true },
  })
})

const damaged = ['', '{', '[]', 'null', '{"format":2,"scenarios":{}}', '{"format":1,"scenarios":null}']
test('a damaged history is none, and no error', () => {
  using trial = place()
  for (const text of damaged) {
    writeFileSync(trial.file, text)
    assert.equal(readHistory(trial.file), undefined, text)
  }
  writeFileSync(
    trial.file,
    '{"format":1,"scenarios":{"a":null,"b":{"held":"yes"},"c":{"held":true,"milliseconds":"x"}}}',
  )
  assert.deepEqual(readHistory(trial.file), { c: { held: true } })
})
