import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'

const BIN = join(import.meta.dirname, '../../bin/nixcumber.js')

/** A computer on which nixcumber was never started: gives its folders. */
function called(prepare: (cache: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'tsx-cache-'))
  const [temporary, cache] = [join(folder, 'tmp'), join(folder, 'cache/nixcumber/tsx')]
  mkdirSync(temporary)
  prepare(cache)
  const env = { ...process.env, TMPDIR: temporary, XDG_CACHE_HOME: join(folder, 'cache'), NODE_TEST_CONTEXT: undefined }
  execFileSync(process.execPath, [BIN, '--version'], { env })
  return { temporary, cache, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

test('JavaScript that is kept is kept where its user alone can write, not in /tmp', () => {
  using trial = called(() => {})
  assert.deepEqual(readdirSync(trial.temporary), [])
  assert.equal(statSync(trial.cache).mode & 0o777, 0o700)
  assert.equal(readdirSync(trial.cache).length, 1)
})

test('where others can write nothing is kept, and nothing taken', () => {
  using trial = called(cache => {
    mkdirSync(cache, { recursive: true })
    chmodSync(cache, 0o777)
  })
  assert.deepEqual(readdirSync(trial.temporary), [])
  assert.deepEqual(readdirSync(trial.cache), [])
})
