import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import test from 'node:test'
import { isLastRunDamaged, logRun, ownFolder, recallLastRun, rememberLastRun, runFolder } from './project-folder.ts'

function project() {
  const folder = mkdtempSync(join(tmpdir(), 'project-'))
  const history = join(folder, '.nixcumber/history.json')
  return { folder, history, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

const learned = { 'a.feature: one': { held: true } }
const run = { learned, there: new Map<string, ReadonlySet<string>>(), isWhole: false }

test('what a run has learned is recalled, and its log is gone', async () => {
  using place = project()
  assert.equal(recallLastRun(place.folder), undefined)
  const log = logRun(place.folder)
  await rememberLastRun(place.folder, { ...run, log })
  assert.deepEqual(recallLastRun(place.folder), learned)
  assert.deepEqual(
    readdirSync(join(place.folder, '.nixcumber')).filter(name => name !== 'history.lock' && name !== '.gitignore'),
    ['history.json'],
  )
})

test('a damaged history is replaced by a run of the whole, and left alone by a run of a part', async () => {
  using place = project()
  ownFolder(place.folder)
  writeFileSync(place.history, '{')
  await rememberLastRun(place.folder, run)
  assert.equal(readFileSync(place.history, 'utf8'), '{')
  assert.ok(isLastRunDamaged(place.folder))
  await rememberLastRun(place.folder, { ...run, isWhole: true })
  assert.deepEqual(recallLastRun(place.folder), learned)
})

test('a project that cannot be written to has no history, and that is no fault', async () => {
  using place = project()
  writeFileSync(join(place.folder, '.nixcumber'), 'no folder')
  await rememberLastRun(place.folder, run)
  assert.equal(recallLastRun(place.folder), undefined)
})

test('a run has a folder of its own, by its second and a number; a rehearsal has one for all, and git is told nothing', () => {
  using place = project()
  const names = Array.from({ length: 3 }, () => runFolder(place.folder, undefined, false))
  assert.equal(new Set(names).size, 3)
  for (const name of names) {
    assert.ok(existsSync(name))
    assert.match(basename(name), /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?$/)
  }
  assert.equal(runFolder(place.folder, undefined, true), join(place.folder, '.nixcumber/dry-run'))
  assert.equal(runFolder(place.folder, '/elsewhere', false), '/elsewhere')
  assert.equal(readFileSync(join(place.folder, '.nixcumber/.gitignore'), 'utf8'), '*\n')
})
