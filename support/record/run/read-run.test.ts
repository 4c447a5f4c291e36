import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { recordRun, runsFolder } from '../testing/recorded-run.ts'
import { readRun } from './read-run.ts'

const BEGUN = '{"testRunStarted":{"timestamp":{"seconds":1,"nanos":0}}}'

function recorded(messages: string) {
  const place = runsFolder()
  const folder = recordRun(place.folder, 'a', '2026-05-01T03:00:00.000Z')
  writeFileSync(join(folder, 'messages.ndjson'), messages)
  return { ...place, folder, read: () => readRun('the run', folder) }
}

test('a run is read back with its messages, one to a line', () => {
  using run = recorded(`${BEGUN}\n{"testRunFinished":{"success":true}}\n`)
  const { name, folder, run: json, envelopes, torn } = run.read()
  assert.deepEqual(json.tool, { name: 'nixcumber', version: '0.1.0', node: '20.19.0' })
  assert.deepEqual([name, folder, json.verdict, torn], ['the run', run.folder, 'GO  3 scenarios held', false])
  assert.deepEqual(
    envelopes.map(each => Object.keys(each)[0]),
    ['testRunStarted', 'testRunFinished'],
  )
})

test('of a run that was killed in the middle of a line everything before it is kept', () => {
  using torn = recorded(`${BEGUN}\n{"testRunFin`)
  assert.deepEqual([torn.read().envelopes.length, torn.read().torn], [1, true])
  using whole = recorded(`${BEGUN}\n${BEGUN}`)
  assert.deepEqual([whole.read().envelopes.length, whole.read().torn], [2, false])
})

test('a line in the middle that is no message is damage, told with its number', () => {
  for (const line of ['nonsense', '"text"', '{"meta":1}', '']) {
    using run = recorded(`${BEGUN}\n${line}\n${BEGUN}\n`)
    assert.throws(run.read, {
      exitCode: 2,
      message:
        /^messages\.ndjson in the run is damaged\n[\s\S]*one of cucumber's messages[\s\S]*something else in line 2$/,
    })
  }
})

test('what lacks its files, and a run.json of another program, is refused by name', () => {
  using run = recorded(BEGUN)
  writeFileSync(join(run.folder, 'run.json'), '{"format":7}')
  assert.throws(run.read, { exitCode: 2, message: /^run\.json in the run is none of nixcumber's\n[\s\S]*format/ })
  writeFileSync(join(run.folder, 'run.json'), '{')
  assert.throws(run.read, { exitCode: 2, message: /^run\.json in the run is none of nixcumber's\n[\s\S]*JSON/ })
  for (const file of ['run.json', 'messages.ndjson']) {
    using other = recorded(BEGUN)
    rmSync(join(other.folder, file))
    const message = new RegExp(`^the run is no recorded run\\n[\\s\\S]*--out FOLDER[\\s\\S]*no ${file} in it$`)
    assert.throws(other.read, { exitCode: 2, message })
  }
})
