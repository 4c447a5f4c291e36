import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import type { HandedFile } from '../../core/values/guest-file.ts'
import { handedDisk, refuseNamedOwners } from './handed-files.ts'

const fileOf = (owner?: string): HandedFile => ({
  ...{ path: '/etc/key', from: { variable: 'KEY' }, mode: '0400', content: Buffer.from('x') },
  ...(owner === undefined ? {} : { owner }),
})

for (const owner of [undefined, 'root', 'root:root', '0', '1000:100'])
  test(`an owner that needs no name: ${owner ?? 'none'}`, () => refuseNamedOwners('t14', [fileOf(owner)]))

for (const owner of ['simon', 'root:wheel', '1000:users', 'root2'])
  test(`an owner by a name is refused before anything boots: ${owner}`, () =>
    assert.throws(() => refuseNamedOwners('t14', [fileOf('0'), fileOf(owner)]), NotSupported))

test('what is handed over is meant for the disks that are mounted, and its value is in no argument', async t => {
  const dir = mkdtempSync(join(tmpdir(), 'handed-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const options = await handedDisk([fileOf('0:100')], dir)
  assert.match(readFileSync(join(dir, 'files.raw'), 'latin1'), /^1\n1 0400 0:100 \/mnt\/etc\/key\nx\0/)
  assert.ok(options.includes(`file=${join(dir, 'files.raw')},if=none,id=nixcumber-files,format=raw,readonly=on`))
  assert.deepEqual(await handedDisk([], dir), [])
})
