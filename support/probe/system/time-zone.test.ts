import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, afterEach } from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { timeZone } from './time-zone.ts'

const ZONES = '/usr/share/zoneinfo'
const skip = existsSync(`${ZONES}/Europe/Berlin`) ? false : 'there is no tzdata here'
const folder = mkdtempSync(join(tmpdir(), 'zone-'))
const localtime = join(folder, 'localtime')
const shell = new LocalShell()
afterEach(() => rmSync(localtime, { force: true }))
after(async () => {
  rmSync(folder, { recursive: true })
  await shell[Symbol.asyncDispose]()
})

/** What is told where /etc/localtime is our own, and zones are only there. */
const ask = async (zone: string, zones = ZONES) => {
  const script = timeZone.command(zone).script.replaceAll('/etc/localtime', localtime)
  const command = { script: script.replaceAll('/etc/zoneinfo', join(folder, 'none')).replaceAll(ZONES, zones) }
  return timeZone.parse(await shell.run(command, { attempt: seconds(10) }), zone)
}

test('a link names the zone, and other names of it are the same', { skip }, async () => {
  symlinkSync(`${ZONES}/Etc/UTC`, localtime)
  assert.deepEqual(await ask('UTC'), { same: { is: true }, exists: true, local: 'Etc/UTC' })
  assert.deepEqual((await ask('Zulu')).same, { is: true })
  assert.deepEqual((await ask('Europe/Berlin')).same, { is: false })
  const { same, exists } = await ask('Europe/Berln')
  assert.deepEqual([same, exists], [{ is: false }, false])
})

test('a plain file is compared with the rules', { skip }, async () => {
  copyFileSync(`${ZONES}/Europe/Berlin`, localtime)
  assert.deepEqual((await ask('Europe/Berlin')).same, { is: true })
  assert.deepEqual((await ask('UTC')).same, { is: false })
  writeFileSync(localtime, 'TZif2')
  assert.deepEqual((await ask('UTC')).same, { is: false })
})

test('no /etc/localtime is UTC', { skip }, async () => {
  assert.deepEqual((await ask('UTC')).same, { is: true })
  assert.deepEqual((await ask('Europe/Berlin')).same, { is: false })
})

test('a link that leads nowhere is unknown', { skip }, async () => {
  symlinkSync(`${ZONES}/No/Where`, localtime)
  for (const zone of ['UTC', 'No/Where', 'Europe/Berlin'])
    assert.deepEqual((await ask(zone)).same, { unknown: `${localtime} leads nowhere` })
})

test('without the zones of tzdata nothing can be compared', { skip }, async () => {
  copyFileSync(`${ZONES}/Europe/Berlin`, localtime)
  assert.deepEqual((await ask('UTC', join(folder, 'none'))).same, {
    unknown: 'the machine has no zoneinfo to compare /etc/localtime with',
  })
})
