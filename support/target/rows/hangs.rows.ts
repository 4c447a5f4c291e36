import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { nothingElseHangs } from '../judge/hangs.ts'
import type { Judgement } from '../judgement.ts'
import { device, part, target } from '../testing/facts.ts'
import { namesRows } from './names.rows.ts'
import type { TargetRow, TargetTable } from './row.ts'
import { usedRows } from './used.rows.ts'

const PATTERN = 'nothing else hangs on the disks of host {string}'

const on = (a: Partial<BlockDevice>, b: Partial<BlockDevice> = {}, more = {}): TargetFacts =>
  target({
    ...{ disks: [device('/dev/sda', { number: '8:0', ...a }), device('/dev/sdb', b)], userId: 0, volumes: [] },
    ...{ namespaceMounts: [], openDevices: [], deviceExports: [], ...more },
  })
const holds = (path: string, fileSystem: string, more: Partial<BlockDevice> = {}): Partial<BlockDevice> => ({
  children: [part(path, { fileSystem, uuid: 'u', ...more })],
})
const row = (
  outcome: Judgement['is'],
  what: string,
  facts: TargetFacts,
  says?: RegExp,
  wiped = ['/dev/sda'],
): TargetRow => [outcome, what, nothingElseHangs(facts, wiped), says]
const both = ['/dev/sda', '/dev/sdb']
const array = device('/dev/md0', { type: 'raid1' })
const volume = (path: string, group: string, more = {}) => ({
  path,
  group,
  isUsed: group !== '',
  tellsGroup: true,
  ...more,
})
const lvm = holds('/dev/sda1', 'LVM2_member')

export const hangsRows: TargetTable = {
  [PATTERN]: [
    ...namesRows,
    row('held', 'empty disks', on({})),
    row('held', 'file systems of their own', on(holds('/dev/sda1', 'ext4'), holds('/dev/sdb1', 'ext4'))),
    row('held', 'a group on this disk only', on(lvm, {}, { volumes: [volume('/dev/sda1', 'main')] })),
    row('held', 'a volume in no group', on(lvm, {}, { volumes: [volume('/dev/sda1', ''), volume('/dev/sdb', '')] })),
    row(
      'held',
      'an array over both disks of the layout',
      on({ children: [array] }, { children: [array] }),
      undefined,
      both,
    ),
    row(
      'held',
      'the old system runs from it',
      on({
        children: [part('/dev/sda1', { mountPoints: ['/', '/nix'] }), part('/dev/sda2', { mountPoints: ['[SWAP]'] })],
      }),
    ),
    row('held', 'a cache with all that it caches', on(holds('/dev/sda1', 'bcache')), undefined),
    row(
      'held',
      'a cache and what is cached, both of the layout',
      on(holds('/dev/sda1', 'bcache'), holds('/dev/sdb1', 'bcache', { uuid: 'v' })),
      undefined,
      both,
    ),
    row('held', 'another disk is mounted', on({}, holds('/dev/sdb1', 'ext4', { mountPoints: ['/'] }))),
    row(
      'not held',
      'a group over two disks',
      on(lvm, {}, { volumes: [volume('/dev/sda1', 'main'), volume('/dev/sdb', 'main')] }),
      /^the volume group main is on \/dev\/sda1 and \/dev\/sdb$/,
    ),
    row(
      'not held',
      'a group of which a disk is missing',
      on(lvm, {}, { volumes: [volume('/dev/sda1', 'main'), volume('[unknown]', 'main')] }),
      /\[unknown\], which is not there/,
    ),
    row(
      'not held',
      'an array that runs',
      on({ children: [array] }, { children: [array] }),
      /^\/dev\/md0 \(raid1\) is on \/dev\/sda and \/dev\/sdb$/,
    ),
    row(
      'not held',
      'an array that does not run',
      on(holds('/dev/sda1', 'linux_raid_member'), holds('/dev/sdb1', 'linux_raid_member')),
      /^\/dev\/sda1 and \/dev\/sdb1 are one linux_raid_member$/,
    ),
    row(
      'not held',
      'a pool',
      on(holds('/dev/sda1', 'zfs_member', { label: 'tank' }), holds('/dev/sdb1', 'zfs_member', { label: 'tank' })),
      /one zfs_member "tank"/,
    ),
    row(
      'not held',
      'a btrfs over whole disks',
      on({ fileSystem: 'btrfs', uuid: 'u' }, { fileSystem: 'btrfs', uuid: 'u' }),
      /\/dev\/sda and \/dev\/sdb are one btrfs/,
    ),
    row(
      'not held',
      'it is mounted beside a rescue system',
      on(holds('/dev/sda1', 'ext4', { mountPoints: ['/mnt'] })),
      /^\/dev\/sda1 is mounted at \/mnt$/,
    ),
    row(
      'not held',
      'it is swapped to',
      on(holds('/dev/sda1', 'swap', { mountPoints: ['[SWAP]'] })),
      /^\/dev\/sda1 is swapped to$/,
    ),
    row('not held', 'the disk is not there', on({}), /^there is no \/dev\/sdc$/, ['/dev/sdc']),
    row(
      'unknown',
      'a member that does not say of what',
      on(holds('/dev/sda1', 'isw_raid_member', { uuid: null })),
      /of what it is not told/,
    ),
    row(
      'unknown',
      'a cache and what may be cached, of which each has an UUID of its own',
      on(holds('/dev/sda1', 'bcache'), holds('/dev/sdb1', 'bcache', { uuid: 'v' })),
      /^whether \/dev\/sda1 \(bcache\) and \/dev\/sdb1 \(bcache\) belong together is not told$/,
    ),
    row(
      'unknown',
      'members of stratis pools',
      on({ fileSystem: 'stratis', uuid: 'u' }, { fileSystem: 'stratis', uuid: 'v' }),
      /^whether \/dev\/sda \(stratis\) and \/dev\/sdb/,
    ),
    row(
      'unknown',
      'the journal of a file system that is elsewhere',
      on(holds('/dev/sda1', 'jbd'), holds('/dev/sdb1', 'ext4', { uuid: 'v' })),
      /^whether \/dev\/sda1 \(jbd\) and \/dev\/sdb1 \(ext4\) belong together/,
    ),
    row(
      'unknown',
      'LVM is not asked',
      target({ disks: [device('/dev/sda', lvm)], userId: 0 }, { volumes: 'pvs is not there' }),
      /pvs is not there/,
    ),
    row(
      'unknown',
      'a volume without metadata of its own, of a group whose other disks are missing',
      on(lvm, {}, { volumes: [volume('/dev/sda1', '', { tellsGroup: false })] }),
      /^\/dev\/sda1 belongs to a volume group that LVM does not tell$/,
    ),
    row(
      'unknown',
      'a volume that says that it is used',
      on(lvm, {}, { volumes: [volume('/dev/sda1', '', { isUsed: true })] }),
      /that LVM does not tell$/,
    ),
    ...usedRows,
    row('unknown', 'LVM does not list it', on(lvm), /does not list it/),
    row('unknown', 'not root', on({}, {}, { userId: 1000 }), /only root sees/),
    row('unknown', 'nothing is wiped', on({}), /wipes no disk/, []),
    row('unknown', 'no lsblk', target({ userId: 0 }, { disks: 'lsblk is not there' }), /lsblk is not there/),
  ],
}
