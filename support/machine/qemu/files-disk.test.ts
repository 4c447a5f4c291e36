import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test, { type TestContext } from 'node:test'
import type { HandedFile } from '../../core/values/guest-file.ts'
import { filesDisk, makeFilesDisk } from './files-disk.ts'

/** What the guest runs. */
const PLACE = resolve(import.meta.dirname, '../../flake/wrapper/place-files.sh')

const file = (path: string, content: string | Buffer, more: Partial<HandedFile> = {}): HandedFile => ({
  path,
  from: { variable: 'X' },
  mode: '0400',
  content: Buffer.from(content),
  ...more,
})

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'files-disk-'))
  t.after(() => rmSync(made, { recursive: true, force: true }))
  return made
}

function place(dir: string, files: readonly HandedFile[], when = 'early') {
  const disk = join(dir, 'disk')
  writeFileSync(disk, filesDisk(files))
  const { status, stderr } = spawnSync('bash', [PLACE, when, disk], { encoding: 'utf8' })
  return { status, stderr }
}

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8)

test('each file is put where it belongs, byte by byte, with its mode', t => {
  const dir = folder(t)
  const bytes = Buffer.from([0, 1, 10, 13, 0, 255, 10])
  const files = [
    file(`${dir}/etc/ssh/key`, 'line 1\nline 2\n', { mode: '0600' }),
    file(`${dir}/bytes`, bytes),
    file(`${dir}/a folder/größe  two blanks`, 'no end of line'),
    file(`${dir}/large`, 'x'.repeat(300_000)),
  ]
  assert.deepEqual(place(dir, files), { status: 0, stderr: '' })
  for (const { path, content } of files) assert.ok(readFileSync(path).equals(content), path)
  assert.equal(modeOf(`${dir}/etc/ssh/key`), '600')
  assert.equal(modeOf(`${dir}/bytes`), '400')
  assert.equal(modeOf(`${dir}/etc/ssh`), '755')
  assert.deepEqual(readdirSync(`${dir}/etc/ssh`), ['key'])
})

test('what is there already stays, and so do the others’ places on the disk', t => {
  const dir = folder(t)
  writeFileSync(`${dir}/first`, 'changed by the machine')
  assert.equal(place(dir, [file(`${dir}/first`, 'handed over'), file(`${dir}/second`, 'two')]).status, 0)
  assert.equal(readFileSync(`${dir}/first`, 'utf8'), 'changed by the machine')
  assert.equal(readFileSync(`${dir}/second`, 'utf8'), 'two')
})

test('one that cannot be written is told, and keeps no other from its place', t => {
  const dir = folder(t)
  writeFileSync(`${dir}/file`, '')
  const { status, stderr } = place(dir, [file(`${dir}/file/below`, 'x'), file(`${dir}/other`, 'y')])
  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`nixcumber: ${dir}/file/below cannot be written`))
  assert.equal(readFileSync(`${dir}/other`, 'utf8'), 'y')
})

test('an owner who is not there yet is waited for, and late a fault', t => {
  const dir = folder(t)
  const files = [file(`${dir}/key`, 'x', { owner: 'no-such-user' })]
  assert.equal(place(dir, files).status, 0)
  const { status, stderr } = place(dir, files, 'late')
  assert.equal(status, 1)
  assert.match(stderr, /key cannot be given to no-such-user/)
})

test('an owner who is there gets it', t => {
  if (process.getuid?.() !== 0) return t.skip('needs root')
  const dir = folder(t)
  assert.equal(place(dir, [file(`${dir}/key`, 'x', { owner: 'nobody' })], 'late').status, 0)
  assert.equal(statSync(`${dir}/key`).uid, Number(execFileSync('id', ['-u', 'nobody'])))
})

test('without the disk it says so', () => {
  const { status, stderr } = spawnSync('bash', [PLACE, 'early'], { encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(stderr, /the disk with the files that were handed over is not there/)
})

test('the disk is whole blocks, its user’s alone, and named by its path only', async t => {
  const dir = folder(t)
  mkdirSync(join(dir, 'q'))
  const words = await makeFilesDisk([file('/key', 'SECRET')], join(dir, 'q'))
  const disk = join(dir, 'q/files.raw')
  assert.equal(lstatSync(disk).size % 4096, 0)
  assert.equal(modeOf(disk), '600')
  assert.match(words.join(' '), /file=.*files\.raw,.*readonly=on .*serial=nixcumber-files$/)
  assert.doesNotMatch(words.join(' '), /SECRET/)
  assert.deepEqual(await makeFilesDisk([], join(dir, 'q')), [])
})

test('a second one beside it is never written', async t => {
  const dir = folder(t)
  await makeFilesDisk([file('/key', 'x')], dir)
  await assert.rejects(makeFilesDisk([file('/key', 'y')], dir), /EEXIST/)
  assert.ok(existsSync(join(dir, 'files.raw')))
})
