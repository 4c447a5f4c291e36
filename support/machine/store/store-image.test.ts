import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import { until } from '../testing/processes.ts'
import { storeImage } from './store-image.ts'

/** This computer's own programs. */
const tools: MachineTools = {
  origin: 'host',
  why: 'a test',
  qemuVersion: '0',
  wrap: ([file, ...args], { cwd = '/' } = {}) => ({
    file,
    args,
    options: { cwd, env: { PATH: process.env.PATH ?? '' }, extendEnv: false },
  }),
  realPath: path => path,
}

/** Runs with one cache of their own, whose stores are made by the script; each call of it is one line in `calls`. */
async function runs(t: TestContext, script: string) {
  const cache = await mkdtemp(join(tmpdir(), 'nixcumber-stores-'))
  t.after(() => rm(cache, { recursive: true, force: true }))
  const maker = join(cache, 'maker')
  await mkdir(maker)
  await writeFile(join(maker, 'make'), `#!/bin/sh\necho call >>'${cache}/calls'\n${script}\n`)
  await chmod(join(maker, 'make'), 0o755)
  const wanted = { maker, key: 'k1', bytes: 1.5 * 1024 ** 3 }
  const make = (given: { key?: string; bytes?: number; signal?: AbortSignal } = {}) => {
    const { signal, ...other } = given
    const where = { cache, runtimeDir: cache, tools, progress: silentProgress, signal }
    return storeImage('t14', { ...wanted, ...other }, where)
  }
  const calls = async () => (await readFile(join(cache, 'calls'), 'utf8').catch(() => '')).split('\n').length - 1
  const stores = async () => (await readdir(join(cache, 'stores'))).filter(name => !name.endsWith('.lock'))
  return { make, calls, stores }
}

const WRITE = 'echo image >"$1"'

test('it is made once for its contents, and its size and the time it took are known', async t => {
  const { make, calls } = await runs(t, WRITE)
  const first = await make()
  assert.match(first.about, /^1\.5 GiB, made in \d+\.\d s$/)
  assert.deepEqual(await make(), { path: first.path, about: '1.5 GiB, made before' })
  assert.equal(await readFile(first.path, 'utf8'), 'image\n')
  await make({ key: 'k2' })
  assert.equal(await calls(), 2)
})

test('of runs at once one makes it, the others wait for it', async t => {
  const { make, calls } = await runs(t, `sleep 0.3; ${WRITE}`)
  const all = await Promise.all([make(), make(), make()])
  assert.equal(new Set(all.map(({ path }) => path)).size, 1)
  assert.equal(await calls(), 1)
})

test('a disk that fills up meanwhile is told, and leaves nothing that could be taken for an image', async t => {
  const { make, stores } = await runs(t, 'echo half >"$1"; cat /dev/zero >/dev/full')
  await assert.rejects(make(), error => {
    assert.ok(error instanceof EnvironmentBroken)
    assert.match(error.message, /^No room to make the store image of t14, 1\.5 GiB/)
    assert.match(error.message, /Needs +1772 MB free in .*stores\n +Next +make room, or point XDG_CACHE_HOME/)
    return true
  })
  assert.deepEqual(await stores(), [])
})

test('a disk that is too small is told before anything is written', async t => {
  const { make, calls } = await runs(t, WRITE)
  await assert.rejects(make({ bytes: 1e17 }), /^EnvironmentBroken: No room to make the store image of t14/)
  assert.equal(await calls(), 0)
})

test('what went wrong is told in the words of the program', async t => {
  const { make, stores } = await runs(t, 'echo half >"$1"; echo "mkfs.erofs: cannot read" >&2; exit 3')
  await assert.rejects(make(), /The store image of machine "t14" could not be made\n\n +Said +mkfs\.erofs: cannot read/)
  assert.deepEqual(await stores(), [])
})

test('a run that ends meanwhile does not wait for it, and leaves nothing', async t => {
  const { make, calls, stores } = await runs(t, 'echo half >"$1"; sleep 600')
  const over = new AbortController()
  const making = make({ signal: over.signal })
  assert.ok(await until(async () => (await calls()) === 1))
  over.abort(new Error('the run is over'))
  await assert.rejects(making, /the run is over/)
  assert.deepEqual(await stores(), [])
})
