import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { milliseconds, minutes, seconds } from '../../core/time/duration.ts'
import { openToolbox } from '../../nix/tools/find-toolchain.ts'
import { findAccelerator, tryTinyGuest } from './accelerator.ts'

const tools = await openToolbox({ offline: true }, 'a test')

test('the guest of one sector answers under emulation', async () =>
  assert.equal(await tryTinyGuest(tools, 'tcg', seconds(60)), undefined))

test('a guest that does not answer in time is given up and killed', async () =>
  assert.match((await tryTinyGuest(tools, 'tcg', milliseconds(1))) ?? '', /gave no answer within 1 ms/))

test('the answer about KVM is found out once and remembered', async t => {
  const cache = await mkdtemp(join(tmpdir(), 'accelerator-'))
  t.after(() => rm(cache, { recursive: true }))
  const first = await findAccelerator(tools, cache)
  const start = performance.now()
  const again = await findAccelerator(tools, cache)
  assert.deepEqual([again.name, again.why], [first.name, first.why])
  assert.ok(performance.now() - start < 100)
  t.diagnostic(`${first.name}: ${first.why}`)
})

test('that KVM does not work is doubted after an hour, and in other surroundings at once', async t => {
  if (!existsSync('/dev/kvm')) return t.skip('there is no /dev/kvm here')
  const cache = await mkdtemp(join(tmpdir(), 'accelerator-'))
  t.after(() => rm(cache, { recursive: true }))
  const file = join(cache, 'accelerator.json')
  await findAccelerator(tools, cache)
  const written = JSON.parse(await readFile(file, 'utf8')) as object
  const remember = (more: object) =>
    writeFile(file, JSON.stringify({ ...written, name: 'tcg', why: 'made up', ...more }))
  const answer = async () => (await findAccelerator(tools, cache)).why
  await remember({ at: Date.now() - minutes(59).ms })
  assert.equal(await answer(), 'made up')
  await remember({ at: Date.now() - minutes(61).ms })
  assert.notEqual(await answer(), 'made up')
  await remember({ where: 'another boot' })
  assert.notEqual(await answer(), 'made up')
})
