import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { pointToLatest } from './run/run-folder.ts'
import { recordRun, runsFolder } from './testing/recorded-run.ts'
import { makeFolder, unwritable, writeAtomically } from './write-file.ts'

test('a file is replaced as a whole, and nothing is left beside it', () => {
  using place = runsFolder()
  const file = join(place.folder, 'run.json')
  writeAtomically(file, 'old')
  writeAtomically(file, 'new')
  assert.deepEqual([readFileSync(file, 'utf8'), readdirSync(place.folder)], ['new', ['run.json']])
})

test('what cannot be written could not be checked, and leaves what was there', () => {
  using place = runsFolder()
  mkdirSync(join(place.folder, 'taken/full'), { recursive: true })
  assert.throws(() => writeAtomically(join(place.folder, 'taken'), 'x'), { exitCode: 3 })
  assert.throws(() => writeAtomically(join(place.folder, 'none/x'), 'x'), { exitCode: 3 })
  assert.deepEqual(readdirSync(place.folder), ['taken'])
})

test('a folder is made with all above it, and may be there already', () => {
  using place = runsFolder()
  const folder = join(place.folder, 'a/b/c')
  makeFolder(folder)
  makeFolder(folder)
  assert.ok(existsSync(folder))
  writeFileSync(join(place.folder, 'file'), '')
  assert.throws(() => makeFolder(join(place.folder, 'file/x')), { code: 'ENOTDIR' })
})

test('a full disk and a folder that is gone are told as what they are', () => {
  using place = runsFolder()
  const told = (code: string, file: string) => unwritable(file, Object.assign(new Error('said'), { code })).message
  const inside = join(place.folder, 'x')
  assert.notEqual(told('ENOSPC', inside), told('EACCES', inside))
  const there = told('ENOENT', inside)
  rmSync(place.folder, { recursive: true })
  assert.notEqual(told('ENOENT', inside), there)
  assert.equal(told('EACCES', inside).includes(inside), true)
})

test('`latest` leads to the newest run; a file of that name that is no link stays', () => {
  using place = runsFolder()
  const runs = ['a', 'b'].map(name => recordRun(place.folder, name, '2026-05-01T03:00:00.000Z'))
  const latest = join(place.folder, 'latest')
  for (const folder of runs) pointToLatest(folder)
  assert.ok(existsSync(join(latest, 'run.json')))
  writeFileSync(join(place.folder, 'b/mark'), '')
  assert.ok(existsSync(join(latest, 'mark')))
  assert.deepEqual(readdirSync(place.folder).sort(), ['a', 'b', 'latest'])
  rmSync(latest)
  writeFileSync(latest, 'mine')
  pointToLatest(join(place.folder, 'a'))
  assert.equal(readFileSync(latest, 'utf8'), 'mine')
})
