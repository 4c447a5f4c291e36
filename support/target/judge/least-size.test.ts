import assert from 'node:assert/strict'
import test from 'node:test'
import type { Content } from '../../flake/layout/layout.ts'
import { leastSize } from './least-size.ts'

const table = (...sizes: readonly string[]): Content => ({
  type: 'gpt',
  partitions: sizes.map(size => ({ name: null, type: '8300', size, content: null })),
})

for (const [what, content, bytes] of [
  ['nothing', null, 1],
  ['no table', { type: 'filesystem', format: 'ext4', mountPoint: '/' }, 1],
  ['partitions with sizes', table('512M', '64G'), 1 + 512 * 2 ** 20 + 64 * 2 ** 30],
  ['sectors', table('2048'), 1 + 2 ** 20],
  ['the rest of the disk', table('1G', '100%'), 1 + 2 ** 30],
  ['from one place to another', table('1M to 128M'), 1],
] as const)
  test(what, () => assert.equal(leastSize(content), bytes))
