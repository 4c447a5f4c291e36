import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { newSshKey, publicHalf } from '../core/values/ssh-key.ts'
import { identity } from './identity.ts'

function cache(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'identity-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

test('the key is made once, and no other user can read it', async t => {
  const folder = cache(t)
  const first = await identity(folder)
  assert.deepEqual(await identity(folder), first)
  assert.equal(statSync(first.file).mode & 0o777, 0o600)
})

for (const [how, damage] of [
  ['a private half that was cut off', (file: string) => truncateSync(file, 100)],
  ['an empty private half', (file: string) => truncateSync(file)],
  ['garbage in the public half', (file: string) => writeFileSync(`${file}.pub`, '\0\0\0')],
  ['the public half of another key', (file: string) => writeFileSync(`${file}.pub`, newSshKey().public)],
  ['no private half', (file: string) => rmSync(file)],
] as const)
  test(`${how} is recognised, and a sound pair is made anew`, async t => {
    const folder = cache(t)
    const before = await identity(folder)
    damage(before.file)
    const after = await identity(folder)
    assert.notEqual(after.publicKey, before.publicKey)
    assert.equal(publicHalf(readFileSync(after.file, 'utf8')), after.publicKey.split(' ')[1])
  })
