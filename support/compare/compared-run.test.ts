import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { Envelope } from '@cucumber/messages'
import { findRun } from '../record/history/runs.ts'
import { recordRun } from '../record/testing/recorded-run.ts'
import { readComparedRun } from './compared-run.ts'

const RECORDED = join(import.meta.dirname, '../../fixtures/transcripts/mixed-run')

/** A run that was really made, to be spoilt. */
function recorded(): { folder: string; messages: string } & Disposable {
  const runs = mkdtempSync(join(tmpdir(), 'side-'))
  const folder = recordRun(runs, 'one', '2026-05-01T03:30:00Z')
  const messages = join(folder, 'messages.ndjson')
  cpSync(join(RECORDED, 'messages.ndjson'), messages)
  return { folder, messages, [Symbol.dispose]: () => rmSync(runs, { recursive: true }) }
}

const read = ({ folder }: { folder: string }) => readComparedRun(findRun(folder, folder))

test('a recorded run is read with its outcomes, steps and what was said', async () => {
  using run = recorded()
  const { cases, torn } = await read(run)
  assert.equal(torn, false)
  const outcomes = new Set([...cases.values()].map(({ outcome }) => outcome))
  assert.ok(outcomes.has('held') && outcomes.has('failed') && outcomes.has('error'), [...outcomes].join())
  const failed = [...cases.values()].find(({ outcome }) => outcome === 'failed')
  assert.ok(failed?.steps.some(({ message, place }) => message && /\.feature:\d+$/.test(place)))
})

/** Said of the first hook of the run that is told as a step. */
function withHook(messages: string, status: string): void {
  const lines = readFileSync(messages, 'utf8').trimEnd().split('\n')
  const envelopes = lines.map(line => JSON.parse(line) as Envelope)
  const hooks = envelopes.flatMap(({ testCase }) => testCase?.testSteps.filter(({ hookId }) => hookId) ?? [])
  const at = envelopes.findIndex(({ testStepFinished }) => testStepFinished?.testStepId === hooks[0]?.id)
  const { testStepFinished: told } = envelopes[at] ?? {}
  const spoilt = { testStepFinished: { ...told, testStepResult: { ...told?.testStepResult, status } } }
  writeFileSync(messages, `${lines.with(at, JSON.stringify(spoilt)).join('\n')}\n`)
}

for (const [status, told] of [
  ['PASSED', 0],
  ['SKIPPED', 0],
  ['FAILED', 1],
] as const)
  test(`hooks that went well, or had nothing to do, are no steps: ${status}`, async () => {
    using run = recorded()
    withHook(run.messages, status)
    const { cases } = await read(run)
    const steps = [...cases.values()].flatMap(each => each.steps)
    // A step stands in a line of its feature, and a hook in none.
    assert.equal(steps.filter(({ place }) => !/:\d+$/.test(place)).length, told)
    assert.ok(steps.length > 10)
  })

test('lines of nothing, and of what it does not need, are passed over wherever they stand', async () => {
  using run = recorded()
  const before = await read(run)
  const lines = readFileSync(run.messages, 'utf8').trimEnd().split('\n')
  const between = ['', '{"meta":{', '{"testStepStarted":', '{"attachment":{"mediaType":"image/png"']
  writeFileSync(run.messages, `${[...between, ...lines].flatMap(line => [line, ...between]).join('\n')}\n\n`)
  const after = await read(run)
  assert.deepEqual([after.torn, after.finished, after.cases], [false, true, before.cases])
})

test('a last line that is half written is passed over, and known', async () => {
  using run = recorded()
  appendFileSync(run.messages, '{"testCaseStarted":{"id":')
  assert.equal((await read(run)).torn, true)
})

test('damage in the middle is refused with its line', async () => {
  using run = recorded()
  const lines = readFileSync(run.messages, 'utf8').split('\n')
  lines[9] = '{"testCase'
  writeFileSync(run.messages, lines.join('\n'))
  await assert.rejects(read(run), /messages\.ndjson is damaged\n.*in line 10/s)
})

test('without messages it is no whole run', async () => {
  using run = recorded()
  rmSync(run.messages)
  await assert.rejects(read(run), /is no whole run\n.*Expected +run\.json and messages\.ndjson\n.*no messages\.ndjson/s)
})
