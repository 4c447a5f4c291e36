import assert from 'node:assert/strict'
import test from 'node:test'
import { goodTarget, seenTarget } from '../testing/document.ts'
import type { BoundDisk, BoundTarget } from './bound-target.ts'
import type { SeenTarget } from './seen-target.ts'
import { type Compared, ofTarget } from './target-differences.ts'

const MAIN = goodTarget().disks.main as BoundDisk
const disk = (change: Partial<BoundDisk>): SeenTarget => seenTarget({ disks: { main: { ...MAIN, ...change } } })
const from = (change: Partial<BoundDisk>): BoundTarget => ({ ...goodTarget(), disks: { main: { ...MAIN, ...change } } })
const other = (letter: string): string => `SHA256:${letter.repeat(43)}`

const lines = ({ differences, unchecked }: Compared): string =>
  [
    ...differences.map(({ what, expected, found }) => `${what}: ${expected} | ${found}`),
    ...unchecked.map(each => `? ${each}`),
  ].join('\n')

test('the same target has no difference', () =>
  assert.deepEqual(ofTarget(goodTarget(), seenTarget()), { differences: [], unchecked: [] }))

for (const [what, found, words] of [
  [
    'another host key',
    ofTarget(goodTarget(), seenTarget({ hostKey: { type: 'ssh-ed25519', fingerprint: other('D') } })),
    `host key of the target: ${other('C')} | ${other('D')}`,
  ],
  [
    'a host key of another type, which says nothing',
    ofTarget(goodTarget(), seenTarget({ hostKey: { type: 'ssh-rsa', fingerprint: other('D') } })),
    `? host key of the target: it showed ${other('D')} (ssh-rsa), and the verdict has ${other('C')} (ssh-ed25519)`,
  ],
  [
    'another computer',
    ofTarget(goodTarget(), seenTarget({ uuid: '1' })),
    'UUID of the target: 4c4c4544-0042-3510-8054-b4c04f565931 | 1',
  ],
  [
    'a computer without a UUID',
    ofTarget(goodTarget(), seenTarget({ uuid: null })),
    'UUID of the target: 4c4c4544-0042-3510-8054-b4c04f565931 | none',
  ],
  [
    'another architecture',
    ofTarget(goodTarget(), seenTarget({ architecture: 'aarch64' })),
    'architecture of the target: x86_64 | aarch64',
  ],
  [
    'another boot mode',
    ofTarget(goodTarget(), seenTarget({ firmware: 'BIOS' })),
    'firmware of the target: UEFI | BIOS',
  ],
  [
    'a disk that is gone',
    ofTarget(goodTarget(), seenTarget({ disks: {} })),
    'disk main of the target: /dev/disk/by-id/nvme-1 (/dev/nvme0n1) | none',
  ],
  [
    'another disk behind its name',
    ofTarget(goodTarget(), disk({ serial: 'Z9', wwn: null })),
    'serial number of disk main: S4EWNX0R | Z9\nWWN of disk main: eui.0025385b01402ee1 | none',
  ],
  [
    'a smaller disk',
    ofTarget(goodTarget(), disk({ size: 1_000_000 })),
    'size of disk main: 512110190592 bytes (477 GiB) | 1000000 bytes (977 KiB)',
  ],
  [
    'a disk that was wiped since',
    ofTarget(goodTarget(), disk({ partitionTable: 'ff' })),
    'partition table of disk main: 5ebb9a2c-9c6f-4f0e-8f0e-6f1f2a3b4c5d | ff',
  ],
  [
    'a disk that was empty, and is no longer',
    ofTarget(from({ partitionTable: null }), disk({ partitionTable: 'ff' })),
    'partition table of disk main: none | ff',
  ],
  [
    'a disk that was empty, and has a file system without a partition table',
    ofTarget(from({ partitionTable: null }), disk({ partitionTable: null, content: 'ext4 1' })),
    'what lies on disk main without a partition table: none | ext4 1',
  ],
  [
    'what does not hold any more',
    ofTarget(goodTarget(), seenTarget({ preflight: [{ what: 'mounts', outcome: 'not held', said: '/ is mounted' }] })),
    'target: mounts: held | / is mounted',
  ],
  [
    'what is not known any more',
    ofTarget(goodTarget(), seenTarget({ preflight: [{ what: 'mounts', outcome: 'unknown', said: 'no lsblk' }] })),
    '? target: mounts: no lsblk',
  ],
  [
    'what is not to be seen',
    ofTarget(goodTarget(), { ...seenTarget(), uuid: { unknown: 'not root' }, disks: { unknown: 'no lsblk' } }),
    '? UUID of the target: not root\n? disks of the target: no lsblk',
  ],
] as const)
  test(what, () => assert.equal(lines(found), words))

test('another name by its kernel, another address and other facts are no difference', () => {
  const { address, facts } = { address: 'ssh://root@t14.example', facts: `sha256-${'f'.repeat(64)}` }
  const moved = { ...disk({ path: '/dev/nvme1n1' }), address, facts }
  assert.deepEqual(ofTarget(goodTarget(), moved), { differences: [], unchecked: [] })
})
