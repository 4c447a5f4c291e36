import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { milliseconds } from '../../core/time/duration.ts'
import type { DeclaredBackup } from '../settings.ts'
import { lastBackup } from './backup.ts'

const folder = mkdtempSync(join(tmpdir(), 'nixcumber-backup-'))
test.after(() => rmSync(folder, { recursive: true }))
const told = async (declared: DeclaredBackup): Promise<string> => {
  const last = await lastBackup(declared, { folder, note() {} })
  return 'unknown' in last ? last.unknown : String(last.is?.toISOString())
}
const command = (text: string) => told({ command: text })

test('a command says when, in either form', async () => {
  assert.equal(await command('echo 1764590400'), '2025-12-01T12:00:00.000Z')
  assert.equal(await command('echo 2025-12-01T13:00:00+01:00'), '2025-12-01T12:00:00.000Z')
  assert.equal(await command("echo '2025-12-01 13:00+0100'"), '2025-12-01T12:00:00.000Z')
})

test('it is run in the folder of the project', async () => {
  writeFileSync(join(folder, 'when'), '1764590400\n')
  assert.equal(await command('cat when'), '2025-12-01T12:00:00.000Z')
})

test('what is no time is not known', async () => {
  assert.match(await command('echo yesterday'), /printed no time: yesterday/)
  assert.match(await command('echo 2025-12-01'), /printed no time/)
  assert.match(await command('echo 2025-12-01T12:00:00'), /printed no time/)
  assert.match(await command('true'), /printed no time/)
  assert.match(await command('echo no backups >&2; exit 3'), /ended with 3: no backups/)
})

test('a file is as old as it is', async () => {
  const file = join(folder, 'backup.tar')
  writeFileSync(file, 'all of it')
  utimesSync(file, 1764590400, 1764590400)
  assert.equal(await told({ file }), '2025-12-01T12:00:00.000Z')
  assert.equal(await told({ file: join(folder, 'none') }), 'undefined')
  assert.match(await told({ file: join(file, 'below') }), /ENOTDIR/)
})

test('an empty file is what a backup leaves that has failed', async () => {
  const file = join(folder, 'empty.sql')
  writeFileSync(file, '')
  assert.match(await told({ file }), /empty\.sql is empty$/)
})

test('its time is over for what it has started, too', async () => {
  const start = performance.now()
  const last = await lastBackup(
    { command: 'sleep 30; echo 1764590400' },
    { folder, note() {}, bound: milliseconds(300) },
  )
  assert.match('unknown' in last ? last.unknown : '', /did not end/)
  assert.ok(performance.now() - start < 15_000)
})

test('no answer is endless', async () => assert.match(await command('yes'), /did not end as it should/))
