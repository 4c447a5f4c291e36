import assert from 'node:assert/strict'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import type { HandedFile } from '../../core/values/guest-file.ts'
import { refuseNamedOwners } from './handed-files.ts'

const fileOf = (owner?: string): HandedFile => ({
  ...{ path: '/etc/key', from: { variable: 'KEY' }, mode: '0400', content: Buffer.from('x') },
  ...(owner === undefined ? {} : { owner }),
})

for (const owner of [undefined, 'root', 'root:root', '0', '1000:100'])
  test(`an owner that needs no name: ${owner ?? 'none'}`, () => refuseNamedOwners('t14', [fileOf(owner)]))

for (const owner of ['simon', 'root:wheel', '1000:users', 'root2'])
  test(`an owner by a name is refused before anything boots: ${owner}`, () =>
    assert.throws(() => refuseNamedOwners('t14', [fileOf('0'), fileOf(owner)]), NotSupported))
