import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { recordRun, runsFolder } from '../testing/recorded-run.ts'
import { holdOutFolder } from './out-folder.ts'

test('of two runs with one folder the second is refused, and the next one is not', async () => {
  using place = runsFolder()
  const out = join(place.folder, 'deep/out')
  const held = await holdOutFolder(out)
  await assert.rejects(holdOutFolder(out), { name: 'UsageError', message: /^Another run is writing to / })
  await held[Symbol.asyncDispose]()
  await using _next = await holdOutFolder(out)
})

const FOREIGN: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ['report.html', { 'report.html': 'mine' }],
  ['package.json', { 'package.json': '{}' }],
  ['run.json', { 'run.json': '{"tool":{"name":"another"}}' }],
  ['messages.ndjson', { 'messages.ndjson': '{"meta":{}}' }],
  ['run.json that is none', { 'run.json': 'x', 'report.html': 'mine' }],
]
for (const [name, files] of FOREIGN)
  test(`a folder with a foreign ${name} is refused`, async () => {
    using place = runsFolder()
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place.folder, file), text)
    await assert.rejects(holdOutFolder(place.folder), { name: 'UsageError', message: /is no run of nixcumber's/ })
  })

test('a file is no folder', async () => {
  using place = runsFolder()
  writeFileSync(join(place.folder, 'file'), 'mine')
  await assert.rejects(holdOutFolder(join(place.folder, 'file')), { name: 'UsageError', message: /a file, no folder/ })
})

test('an earlier run is replaced, and so is a damaged one', async () => {
  using place = runsFolder()
  await using _one = await holdOutFolder(recordRun(place.folder, 'run', '2026-05-01T03:00:00.000Z'))
  mkdirSync(join(place.folder, 'damaged'))
  for (const file of ['run.json', 'messages.ndjson']) writeFileSync(join(place.folder, 'damaged', file), '{')
  await using _two = await holdOutFolder(join(place.folder, 'damaged'))
})
