import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { addToHistory, readHistory } from './history.ts'
import { HistoryLog, readHistoryLogs } from './history-log.ts'

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'history-log-'))
  const [file, logs] = [join(folder, 'history.json'), join(folder, 'history')]
  return { file, logs, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** As a run has left it that was killed. */
function killed(logs: string, name: string, lines: readonly object[]): void {
  mkdirSync(logs, { recursive: true })
  const all = [{ runner: '1 2 another-boot' }, ...lines]
  writeFileSync(join(logs, name), all.map(line => `${JSON.stringify(line)}\n`).join(''))
}

test('each line is there when the call returns', () => {
  using trial = place()
  const log = new HistoryLog(trial.logs)
  log.started('a: one')
  log.started('a: two')
  log.ended('a: two', true)
  log.started('a: three')
  log.ended('a: three', undefined)
  const [read] = readHistoryLogs(trial.logs)
  assert.equal(read?.isLiving, true)
  assert.deepEqual(
    [...(read?.learned ?? [])],
    [
      ['a: one', false],
      ['a: two', true],
      ['a: three', undefined],
    ],
  )
  log.remove()
  assert.deepEqual(readdirSync(trial.logs), [])
})

test('what a killed run began did not hold, what it left out is as it was', () => {
  using trial = place()
  addToHistory(trial.file, { 'a: one': { milliseconds: 5, held: true }, 'a: two': { held: true } }, new Map())
  killed(trial.logs, '1-1.ndjson', [{ key: 'a: one', held: false }, { key: 'a: two', held: false }, { key: 'a: two' }])
  appendFileSync(join(trial.logs, '1-1.ndjson'), '{"key":"a: t')
  assert.deepEqual(readHistory(trial.file), { 'a: one': { milliseconds: 5, held: false }, 'a: two': { held: true } })
})

test('the newer of two killed runs counts', () => {
  using trial = place()
  killed(trial.logs, '10-1.ndjson', [{ key: 'a: one', held: true }])
  killed(trial.logs, '9-1.ndjson', [{ key: 'a: one', held: false }])
  assert.deepEqual(readHistory(trial.file), { 'a: one': { held: true } })
})

test('the next history takes in what killed runs have left, and leaves what goes on', () => {
  using trial = place()
  killed(trial.logs, '1-1.ndjson', [{ key: 'a: one', held: false }])
  new HistoryLog(trial.logs).started('a: going on')
  addToHistory(trial.file, { 'a: two': { held: true } }, new Map())
  assert.equal(readdirSync(trial.logs).length, 1)
  assert.deepEqual(readHistory(trial.file), {
    'a: one': { held: false },
    'a: two': { held: true },
    'a: going on': { held: false },
  })
})

test('in a place that cannot be written to nothing is kept, and nothing fails', () => {
  new HistoryLog('/proc/nowhere').started('a: one')
  assert.deepEqual(readHistoryLogs('/proc/nowhere'), [])
})
