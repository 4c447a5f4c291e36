import assert from 'node:assert/strict'
import test from 'node:test'
import type { Content, Layout } from './layout.ts'
import { layoutTable } from './layout-rows.ts'

const NONE: Layout = { disks: [], partitionLabels: [], arrays: [], groups: [], pools: [], unbacked: [], strange: [] }
const disk = (name: string, content: Content) => ({ name, device: `/dev/${name}`, wiped: true, content })
const luks = (content: Content): Content => ({ type: 'luks', name: 'crypted', content })
const root: Content = { type: 'filesystem', format: 'ext4', mountPoint: '/' }
const array: Content = { type: 'mdraid', array: 'raid1' }
const group: Content = { type: 'lvm_pv', group: 'main' }
const pool: Content = { type: 'zfs', pool: 'zroot' }

/** Whether `/` is encrypted. */
const isRootEncrypted = (layout: Partial<Layout>): string | undefined =>
  layoutTable({ ...NONE, ...layout }).rows.find(row => row['mount point'] === '/')?.encrypted
const arrayOf = (content: Content) => [{ name: 'raid1', level: '1', content }]
const groupOf = (content: Content) => [{ name: 'main', volumes: [{ name: 'root', size: '1G', content }] }]
const poolOf = (more: Partial<Layout['pools'][number]>) => [
  { name: 'zroot', cipher: null, mountPoint: '/', datasets: [], ...more },
]
const dataset = (name: string, cipher: string | null, mountPoint: string | null = null) => ({
  ...{ name, cipher, mountPoint, type: 'zfs_fs', content: null },
})

const ROWS: readonly [string, Partial<Layout>, 'yes' | 'no'][] = [
  ['a plain disk', { disks: [disk('a', root)] }, 'no'],
  ['LUKS', { disks: [disk('a', luks(root))] }, 'yes'],
  [
    'an array of encrypted members',
    { disks: [disk('a', luks(array)), disk('b', luks(array))], arrays: arrayOf(root) },
    'yes',
  ],
  ['one member is not encrypted', { disks: [disk('a', luks(array)), disk('b', array)], arrays: arrayOf(root) }, 'no'],
  ['LUKS on an array', { disks: [disk('a', array)], arrays: arrayOf(luks(root)) }, 'yes'],
  ['an array without members', { arrays: arrayOf(root) }, 'no'],
  ['a volume in LUKS', { disks: [disk('a', luks(group))], groups: groupOf(root) }, 'yes'],
  ['LUKS in a volume', { disks: [disk('a', group)], groups: groupOf(luks(root)) }, 'yes'],
  ['a volume of a plain disk', { disks: [disk('a', group)], groups: groupOf(root) }, 'no'],
  [
    'a group on an array in LUKS',
    { disks: [disk('a', luks(array))], arrays: arrayOf(group), groups: groupOf(root) },
    'yes',
  ],
  [
    'a group half on an array in LUKS',
    { disks: [disk('a', luks(array)), disk('b', group)], arrays: arrayOf(group), groups: groupOf(root) },
    'no',
  ],
  ['members in a circle', { arrays: arrayOf(group), groups: groupOf(array), pools: poolOf({}) }, 'no'],
  ['a pool', { disks: [disk('a', pool)], pools: poolOf({}) }, 'no'],
  ['a pool in LUKS', { disks: [disk('a', luks(pool))], pools: poolOf({}) }, 'yes'],
  ['a pool with a cipher', { disks: [disk('a', pool)], pools: poolOf({ cipher: 'on' }) }, 'yes'],
  ['a pool with the cipher off', { disks: [disk('a', pool)], pools: poolOf({ cipher: 'off' }) }, 'no'],
  [
    'a dataset of a pool with a cipher',
    { pools: poolOf({ cipher: 'on', mountPoint: null, datasets: [dataset('r', null, '/')] }) },
    'yes',
  ],
  [
    'a dataset without, in a pool with a cipher',
    { pools: poolOf({ cipher: 'on', mountPoint: null, datasets: [dataset('r', 'off', '/')] }) },
    'no',
  ],
  [
    'a dataset below one with a cipher',
    { pools: poolOf({ mountPoint: null, datasets: [dataset('r', 'on'), dataset('r/a', null, '/')] }) },
    'yes',
  ],
  [
    'a dataset beside one with a cipher',
    { pools: poolOf({ mountPoint: null, datasets: [dataset('r', 'on'), dataset('ra', null, '/')] }) },
    'no',
  ],
]
for (const [what, layout, wanted] of ROWS)
  test(`encrypted, ${what}: ${wanted}`, () => assert.equal(isRootEncrypted(layout), wanted))

test('everything that is made has its row', () => {
  const { rows, unread } = layoutTable({
    ...NONE,
    disks: [
      disk('a', {
        type: 'gpt',
        partitions: [
          { name: 'boot', type: 'EF02', size: '1M', content: null },
          { name: 'swap', type: '8200', size: '1G', content: { type: 'swap', randomKey: true } },
          {
            name: 'data',
            type: '8300',
            size: '100%',
            content: { type: 'btrfs', mountPoint: null, subvolumes: [], swapFiles: ['a', 'b'] },
          },
        ],
      }),
    ],
    pools: poolOf({
      datasets: [dataset('__root', null, '/'), { ...dataset('vol', null), type: 'zfs_volume', content: root }],
    }),
    unbacked: [{ fileSystem: 'tmpfs', mountPoint: '/tmp' }],
  })
  assert.deepEqual(
    rows.map(row => Object.values(row).join('|')),
    [
      'a|/dev/a|boot|EF02|1M|||no',
      'a|/dev/a|swap|8200|1G|swap||yes',
      'a|/dev/a|data|8300|100%|btrfs||no',
      'a|/dev/a|data|8300|100%|swap||no',
      'zroot|||||zfs|/|no',
      'zroot||vol|||ext4|/|no',
      '|||||tmpfs|/tmp|no',
    ],
  )
  assert.deepEqual(unread, [])
})

test('what is not read is named, at any depth', () => {
  const strange: Content = { type: 'bcachefs', strange: true }
  const { unread } = layoutTable({ ...NONE, disks: [disk('a', luks(strange))], strange: ['bcachefs_filesystems'] })
  assert.deepEqual(unread, ['bcachefs_filesystems', 'bcachefs'])
})
