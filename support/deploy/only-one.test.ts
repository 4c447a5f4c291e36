import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../core/errors.ts'
import { onlyOne } from './only-one.ts'

const cache = mkdtempSync(join(tmpdir(), 'nixcumber-only-'))
test.after(() => rmSync(cache, { recursive: true }))
const T14 = { fingerprint: 'SHA256:a/b+c', address: 'root@192.0.2.4:22' }

test('a target is one, by whatever address; it is free when the first is over', async () => {
  const first = await onlyOne(T14, cache)
  await assert.rejects(
    onlyOne({ ...T14, address: 'root@t14:22' }, cache),
    (error: unknown) => error instanceof EnvironmentBroken && /already[\s\S]*root@t14:22/.test(error.message),
  )
  await using _other = await onlyOne({ ...T14, fingerprint: 'SHA256:d' }, cache)
  await first[Symbol.asyncDispose]()
  await using _again = await onlyOne(T14, cache)
})
