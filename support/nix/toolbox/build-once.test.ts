import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { buildOnce } from './build-once.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-once-'))
after(() => rmSync(scratch, { recursive: true }))
const place = async (): Promise<string> => join(await mkdtemp(join(scratch, 'o')), 'thing')
const recipe = (build: (folder: string) => Promise<void>) => ({ what: 'a thing', needsBytes: 1, build })

test('two that want the same thing at once get it from one build', async () => {
  const folder = await place()
  let builds = 0
  const wanted = recipe(async inside => writeFile(join(inside, 'a'), String(++builds)))
  await Promise.all([buildOnce(folder, wanted, silentProgress), buildOnce(folder, wanted, silentProgress)])
  assert.equal(await readFile(join(folder, 'a'), 'utf8'), '1')
})

test('a build that fails leaves nothing behind, and the next one starts afresh', async () => {
  const folder = await place()
  await assert.rejects(
    buildOnce(
      folder,
      recipe(async () => {
        throw new Error('broken off')
      }),
      silentProgress,
    ),
    /broken off/,
  )
  assert.deepEqual(await readdir(join(folder, '..')), ['thing.lock'])
  await buildOnce(
    folder,
    recipe(async () => {}),
    silentProgress,
  )
  assert.deepEqual(await readdir(folder), [])
})

test('the lock and the half-made folder of a run that was killed do not stand in the way', async () => {
  const folder = await place()
  const script = `
    import { mkdirSync } from 'node:fs'
    const { buildOnce } = await import(${JSON.stringify(join(import.meta.dirname, 'build-once.ts'))})
    const { silentProgress } = await import(${JSON.stringify(join(import.meta.dirname, '../../core/progress.ts'))})
    await buildOnce(${JSON.stringify(folder)}, { what: 'x', needsBytes: 1, build: async inside => {
      mkdirSync(inside + '/half')
      console.log('building')
      setInterval(() => {}, 1000)
      await new Promise(() => {})
    } }, silentProgress)`
  const other = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(other.stdout, 'data')
  other.kill('SIGKILL')
  await once(other, 'exit')
  await buildOnce(
    folder,
    recipe(async inside => writeFile(join(inside, 'whole'), '')),
    silentProgress,
  )
  assert.deepEqual(await readdir(folder), ['whole'])
  assert.deepEqual((await readdir(join(folder, '..'))).sort(), ['thing', 'thing.lock'])
})

test('too little room is said before anything is written', async () => {
  const folder = await place()
  await assert.rejects(
    buildOnce(folder, { ...recipe(async () => {}), needsBytes: 1e18 }, silentProgress),
    (error: unknown) => error instanceof EnvironmentBroken && error.message.includes('No room to make a thing'),
  )
})
