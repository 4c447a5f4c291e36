import assert from 'node:assert/strict'
import { chmodSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { auditTo } from '../audit.ts'
import { runsFolder } from '../testing/recorded-run.ts'
import { RunFolder } from './run-folder.ts'

const start = { tool: { name: 'nixcumber', version: '0' }, command: [], inputs: {}, start: '2026-05-01T12:00:00.000Z' }

test('what hosts have said may be read by their user only, also where an earlier run left it to all', () => {
  using run = runsFolder()
  for (const name of ['messages.ndjson', 'audit.ndjson', 'run.json']) {
    writeFileSync(join(run.folder, name), '{}\n')
    chmodSync(join(run.folder, name), 0o644)
  }
  const record = RunFolder.open(run.folder, start as unknown as Parameters<typeof RunFolder.open>[1], ['report.html'])
  record.message('{}')
  auditTo(run.folder)({ script: 'id' })
  record.facts({ format: 1, machine: 'web', gathered: start.start, sections: {}, missing: {} })
  record.report('report.html', '<p>')
  record.close()
  const mode = (name: string): string => (statSync(join(run.folder, name)).mode & 0o777).toString(8)
  for (const name of ['messages.ndjson', 'audit.ndjson', 'run.json', 'facts/web.json'])
    assert.equal(mode(name), '600', name)
  assert.equal(mode('evidence'), '700')
  // made to be handed on
  assert.equal(mode('report.html'), (0o666 & ~process.umask()).toString(8))
})

test('through a link that others have laid in the folder nothing is written', () => {
  using run = runsFolder()
  const foreign = join(run.folder, 'foreign')
  writeFileSync(foreign, 'kept')
  for (const name of ['messages.ndjson', 'run.json', 'audit.ndjson', `run.json.${process.pid}.new`]) {
    rmSync(join(run.folder, name), { force: true })
    symlinkSync(foreign, join(run.folder, name))
  }
  const record = RunFolder.open(run.folder, start as unknown as Parameters<typeof RunFolder.open>[1], [])
  record.message('{}')
  record.close()
  symlinkSync(foreign, join(run.folder, 'audit.ndjson'))
  assert.throws(() => auditTo(run.folder)({ script: 'id' }), /Cannot write: .*audit\.ndjson/)
  assert.equal(readFileSync(foreign, 'utf8'), 'kept')
})

test('systems that one host had one after the other are all told, each once', () => {
  using run = runsFolder()
  const record = RunFolder.open(run.folder, start as unknown as Parameters<typeof RunFolder.open>[1], [])
  for (const path of ['a', 'a', 'b', 'a', 'c']) record.toplevel('t14', path)
  record.toplevel('db1', 'a')
  record.close()
  assert.deepEqual(record.run.toplevels, { t14: 'c', db1: 'a' })
  assert.deepEqual(record.run.otherToplevels, { t14: ['a', 'b'] })
})
