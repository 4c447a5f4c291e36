import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'

const BIN = join(import.meta.dirname, '../../bin/nixcumber.js')

/** nixcumber's own JavaScript, and that of a project's TypeScript. */
const CACHES = ['compiled', 'tsx'] as const

/** A computer on which nixcumber was never started, and a project with a configuration in TypeScript: gives its folders. */
function called(prepare: (cache: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'javascript-cache-'))
  const [temporary, cache] = [join(folder, 'tmp'), join(folder, 'cache/nixcumber')]
  mkdirSync(temporary)
  writeFileSync(join(folder, 'nixcumber.config.ts'), "export default { features: 'features' as string }\n")
  prepare(cache)
  const env = { ...process.env, TMPDIR: temporary, XDG_CACHE_HOME: join(folder, 'cache'), NODE_TEST_CONTEXT: undefined }
  const call = (...words: readonly string[]) => execFileSync(process.execPath, [BIN, ...words], { env, cwd: folder })
  return { call, temporary, cache, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

test('JavaScript that is kept is kept where its user alone can write, not in /tmp', () => {
  using trial = called(() => {})
  trial.call('--version')
  assert.ok(!existsSync(join(trial.cache, 'tsx')), 'tsx was begun, though there was nothing for it to load')
  trial.call('machines')
  assert.deepEqual(readdirSync(trial.temporary), [])
  for (const name of CACHES) {
    assert.equal(statSync(join(trial.cache, name)).mode & 0o777, 0o700, name)
    assert.equal(readdirSync(join(trial.cache, name)).length, 1, name)
  }
})

test('where others can write nothing is kept, and nothing taken', () => {
  using trial = called(cache => {
    for (const name of CACHES) {
      mkdirSync(join(cache, name), { recursive: true })
      chmodSync(join(cache, name), 0o777)
    }
  })
  trial.call('machines')
  assert.deepEqual(readdirSync(trial.temporary), [])
  for (const name of CACHES) assert.deepEqual(readdirSync(join(trial.cache, name)), [], name)
})
