import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { lock } from './file-lock.ts'

test('a lock that a living process holds is waited for, and said so; a free one is taken at once', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'lock')
  const said: string[] = []
  let isTaken = false
  const first = await lock(file, () => said.push('first'))
  const told = new Promise<void>(resolve => {
    void lock(file, () => {
      said.push('second')
      resolve()
    }).then(held => {
      isTaken = true
      return held[Symbol.asyncDispose]()
    })
  })
  await told
  assert.equal(isTaken, false)
  await first[Symbol.asyncDispose]()
  await using _third = await lock(file)
  assert.deepEqual(said, ['second'])
})

test('who waits can be told to stop, and leaves no process that waits on', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'lock')
  await using _held = await lock(file)
  const over = new AbortController()
  const waiting = lock(file, () => over.abort(new Error('the run is over')), over.signal)
  await assert.rejects(waiting, /^Error: the run is over$/)
  await assert.rejects(
    lock(file, () => {}, over.signal),
    /the run is over/,
  )
})

test('where no shell is to be found it is said, and nothing else ends for it', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'))
  const { PATH } = process.env
  t.after(() => {
    process.env.PATH = PATH
    rmSync(folder, { recursive: true })
  })
  process.env.PATH = folder
  await assert.rejects(lock(join(folder, 'lock')), /Could not lock .*lock: spawn sh ENOENT/)
})
