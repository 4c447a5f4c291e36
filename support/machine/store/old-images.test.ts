import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { RuntimeDir } from '../runtime/runtime-dir.ts'
import { IMAGE, oldImages, removeOldImages, storesOf } from './old-images.ts'

/** A cache with images by name, each last used so many hours ago. */
function cacheWith(t: TestContext, hours: Readonly<Record<string, number>>): string {
  const cache = mkdtempSync(join(tmpdir(), 'nixcumber-stores-'))
  t.after(() => rmSync(cache, { recursive: true, force: true }))
  for (const [name, ago] of Object.entries(hours)) {
    const folder = join(storesOf(cache), name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, IMAGE), '')
    const then = Date.now() / 1000 - ago * 3600
    utimesSync(folder, then, then)
  }
  return cache
}

const names = async (cache: string): Promise<string[]> => (await oldImages(cache)).map(path => basename(path)).sort()

test('an image that no run has used for a day goes', async t =>
  assert.deepEqual(await names(cacheWith(t, { now: 0, today: 23, yesterday: 25 })), ['yesterday']))

test('of many that were used within a day the four newest stay, and all of the last hour', async t => {
  assert.deepEqual(await names(cacheWith(t, { a: 2, b: 3, c: 4, d: 5, e: 6 })), ['e'])
  assert.deepEqual(await names(cacheWith(t, { a: 0, b: 0, c: 0, d: 0.5, e: 0.9, f: 2 })), ['f'])
})

test('what a killed run has left half made goes after an hour', async t =>
  assert.deepEqual(await names(cacheWith(t, { '.making-k1-a': 2, '.making-k2-b': 0, '.old-c': 2 })), [
    '.making-k1-a',
    '.old-c',
  ]))

test('an image that a living run has given to a machine stays, however old it is', async t => {
  const cache = cacheWith(t, { used: 30, unused: 30 })
  await using run = RuntimeDir.create()
  const folder = join(run.forMachine(), 'try1/q')
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(storesOf(cache), 'used', IMAGE), join(folder, IMAGE))
  assert.deepEqual(await names(cache), ['unused'])
})

test('what goes is gone; a cache without images is none', async t => {
  const cache = cacheWith(t, { now: 0, old: 30, '.making-k1-a': 2 })
  writeFileSync(join(storesOf(cache), 'old.lock'), '')
  await removeOldImages(cache)
  assert.deepEqual(readdirSync(storesOf(cache)).sort(), ['now', 'old.lock'])
  assert.deepEqual(await oldImages(join(cache, 'nowhere')), [])
})
