import type { Layout } from '../../flake/layout/layout.ts'
import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { layoutStandsAlone } from '../judge/hangs.ts'
import type { Judgement } from '../judgement.ts'
import { device, part, target } from '../testing/facts.ts'
import type { TargetRow } from './row.ts'

const LUKS = { type: 'luks', name: 'crypted', content: null } as const
const LAYOUT: Layout = {
  disks: [
    {
      ...{ name: 'main', device: '/dev/sda', wiped: true },
      content: { type: 'gpt', partitions: [{ name: 'root', type: '8300', size: '100%', content: LUKS }] },
    },
  ],
  partitionLabels: ['disk-main-root'],
  arrays: [{ name: 'raid1', level: '1', content: null }],
  groups: [{ name: 'main', volumes: [] }],
  pools: [{ name: 'zroot', cipher: null, mountPoint: null, datasets: [] }],
  ...{ unbacked: [], strange: [] },
}

/** A second disk, which the layout does not speak of. */
const beside = (more: Partial<BlockDevice>, groups: readonly { path: string; group: string }[] = []): TargetFacts =>
  target({
    disks: [
      device('/dev/sda', { children: [part('/dev/sda1', { partLabel: 'disk-main-root' })] }),
      device('/dev/sdb', { children: [part('/dev/sdb1', more)] }),
    ],
    userId: 0,
    volumes: groups.map(one => ({ ...one, isUsed: one.group !== '', tellsGroup: true })),
    ...{ namespaceMounts: [], openDevices: [], deviceExports: [] },
  })
const row = (outcome: Judgement['is'], what: string, facts: TargetFacts, says?: RegExp): TargetRow => [
  outcome,
  what,
  layoutStandsAlone(facts, LAYOUT),
  says,
]

/** Nothing on other disks has a name by which the script finds what is its own. */
export const namesRows: readonly TargetRow[] = [
  row('held', 'names of its own on another disk', beside({ partLabel: 'disk-data-root', fileSystem: 'ext4' })),
  row('held', 'another pool', beside({ fileSystem: 'zfs_member', label: 'tank' })),
  row('held', 'another group', beside({ fileSystem: 'LVM2_member' }, [{ path: '/dev/sdb1', group: 'data' }])),
  row('held', 'a file system that is labelled as a pool is called', beside({ fileSystem: 'ext4', label: 'zroot' })),
  row(
    'not held',
    'a partition of an earlier installation on another disk',
    beside({ partLabel: 'disk-main-root', fileSystem: 'ext4' }),
    /^\/dev\/sdb1 is called disk-main-root, and so is one of the layout$/,
  ),
  row(
    'not held',
    'a pool of the name',
    beside({ fileSystem: 'zfs_member', label: 'zroot', uuid: '1' }),
    /^\/dev\/sdb1 is of a pool zroot/,
  ),
  row(
    'not held',
    'an array of the name',
    beside({ fileSystem: 'linux_raid_member', label: 'old:raid1', uuid: '1' }),
    /^\/dev\/sdb1 is of an array old:raid1/,
  ),
  row(
    'not held',
    'a volume group of the name',
    beside({ fileSystem: 'LVM2_member' }, [{ path: '/dev/sdb1', group: 'main' }]),
    /^\/dev\/sdb1 is of a volume group main/,
  ),
  row(
    'not held',
    'what is open by the name',
    beside({ fileSystem: 'crypto_LUKS', children: [device('/dev/mapper/crypted', { type: 'crypt' })] }),
    /^\/dev\/mapper\/crypted is open/,
  ),
  row(
    'unknown',
    'LVM is not asked of the other disk',
    { ...beside({ fileSystem: 'LVM2_member' }), volumes: { unknown: 'pvs is not there' } },
    /^\/dev\/sdb1 belongs to LVM: pvs is not there$/,
  ),
]
