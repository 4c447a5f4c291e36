import { answered } from '../../probe/testing/answered.ts'
import { type Claims, type ClaimTable, type Guest, type Kind, type Row, unknown } from '../rows/row.ts'
import {
  type Block,
  CRYPTED,
  LAPTOP,
  laptop,
  laptopSections,
  ROOT,
  SDA,
  SDA1,
  SDA2,
  type StorageAnswer,
} from './storage.answers.ts'

/** Every way in which nothing can be told of any of it. */
const untold = (sentence: string, guest: Guest = {}): Row[] => unknown(sentence, laptopSections(), guest)

/** One answer, and what becomes of both sentences about it. */
const both = (
  [is, isNot]: readonly [string, string],
  kind: Kind,
  answer: StorageAnswer,
  [so, notSo]: readonly [Row[3], Row[3]],
  says = /^/,
): readonly [Row, Row] => [
  [kind, is, laptop(answer), so, so === 'holds' ? undefined : says] as Row,
  [kind, isNot, laptop(answer), notSo, notSo === 'holds' ? undefined : says] as Row,
]

const ROOT_IS = 'file system "/" is encrypted'
const ROOT_IS_NOT = 'file system "/" is not encrypted'
const root = (kind: Kind, answer: StorageAnswer, outcomes: readonly [Row[3], Row[3]], says?: RegExp) =>
  both([ROOT_IS, ROOT_IS_NOT], kind, answer, outcomes, says)
const swap = (kind: Kind, answer: StorageAnswer, outcomes: readonly [Row[3], Row[3]], says?: RegExp) =>
  both(['swap is encrypted', 'swap is not encrypted'], kind, answer, outcomes, says)

const YES = ['holds', 'not met'] as const
const NO = ['not met', 'holds'] as const
const NEITHER = ['not met', 'not met'] as const
const UNKNOWN = ['could not check', 'could not check'] as const

const crypt = (uuid: string): StorageAnswer => ({ blocks: [SDA, SDA1, SDA2, { ...CRYPTED, uuid }] })
const ext4 = (number: string, source: string): StorageAnswer => ({
  mounts: [`24 1 ${number} / / rw - ext4 ${source} rw`],
})
const array = (...parts: string[]): Block => ({ name: 'md127', number: '9:127', array: ['2', '0', 'clean'], parts })
const SECOND: Block = { name: 'dm-1', number: '254:1', uuid: `${CRYPTED.uuid}2`, mapped: 'crypted2', parts: ['sdb'] }
const SDB: Block = { name: 'sdb', number: '8:16', place: '/sys/devices/pci0/block/sdb' }

const rootRows = [
  root('so', {}, YES, /was still encrypted/),
  root('so', { ...ext4('9:127', '/dev/md127'), blocks: [...LAPTOP.blocks, SDB, SECOND, array('dm-0', 'dm-1')] }, YES),
  root(
    'so',
    {
      ...ext4('254:2', '/dev/mapper/pool-root'),
      blocks: [
        ...LAPTOP.blocks,
        { name: 'dm-2', number: '254:2', uuid: 'LVM-x', mapped: 'pool-root', parts: ['dm-0'] },
      ],
    },
    YES,
  ),
  root(
    'so',
    {
      btrfs: ['/sys/fs/btrfs/1/devices/dm-0', '/sys/fs/btrfs/1/devices/dm-1'],
      blocks: [...LAPTOP.blocks, SDB, SECOND],
    },
    YES,
  ),
  root('not so', ext4('8:2', '/dev/sda2'), NO, /not encrypted, or not on each of its disks/),
  root('not so', crypt('LVM-0123'), NO),
  // Two of cryptsetup's own devices that encrypt nothing.
  root('not so', crypt('CRYPT-VERITY-0123-root'), NO),
  root('not so', crypt('CRYPT-INTEGRITY-root'), NO),
  root('not so', { ...ext4('9:127', '/dev/md127'), blocks: [...LAPTOP.blocks, SDB, array('dm-0', 'sdb')] }, NO),
  root(
    'not so',
    { btrfs: ['/sys/fs/btrfs/1/devices/dm-0', '/sys/fs/btrfs/1/devices/sdb'], blocks: [...LAPTOP.blocks, SDB] },
    NO,
  ),
  // A later mount on the same point is the one that is seen.
  root('not so', { mounts: [ROOT, '60 1 8:2 / / rw - ext4 /dev/sda2 rw'] }, NO),
  root('absent', { mounts: [ROOT.replace(' / rw', ' /sysroot rw')] }, NEITHER, /nothing is mounted at \//),
  root('absent', { mounts: ['24 1 0:30 / / rw - tmpfs tmpfs rw'] }, NEITHER, /lay on no disk/),
  root('unreadable', { btrfs: [] }, UNKNOWN, /devices of the btrfs on \/dev\/mapper\/crypted were not found/),
  root('unreadable', crypt(''), UNKNOWN, /the mapped device crypted does not say what it is/),
  root('unreadable', { mounts: ['24 1 0:30 / / rw - zfs rpool/root rw'] }, UNKNOWN, /type zfs is not looked at/),
  root('unreadable', { mounts: ['24 1 0:30 / / rw - overlay overlay rw'] }, UNKNOWN, /type overlay/),
  root('unreadable', { ...ext4('9:127', '/dev/md127'), blocks: [array('sdz')] }, UNKNOWN, /no block device sdz/),
  root('unreadable', { ...ext4('9:127', '/dev/md127'), blocks: [array('md127')] }, UNKNOWN, /without an end/),
  root(
    'unreadable',
    { ...ext4('7:0', '/dev/loop0'), blocks: [{ name: 'loop0', number: '7:0' }] },
    UNKNOWN,
    /file behind loop0/,
  ),
  root('unreadable', { mounts: ['24 1 8:2 / / rw'] }, UNKNOWN),
  // Names that are made to be taken for others.
  root('hostile', { blocks: [SDA, SDA1, SDA2, { ...CRYPTED, uuid: 'LVM-1', mapped: 'CRYPT-LUKS2-x' }] }, UNKNOWN),
  root('hostile', { mounts: [ROOT, '61 24 8:2 / /mnt\\040/\\012x rw - ext4 /dev/sda2 rw'] }, YES),
].flat()

const FILE = '/swap/file\\040one file 1024 0 -2'
const swapRows = [
  swap('so', {}, YES, /was still encrypted/),
  swap('so', { mounts: [ROOT], swaps: [FILE] }, YES),
  swap('not so', { swaps: ['/dev/sda2 partition 1024 0 -2'] }, NO),
  swap('not so', { swaps: ['/dev/dm-0 partition 1 0 -2', '/dev/sda2 partition 1 0 -3'] }, NO),
  swap('not so', { mounts: [...LAPTOP.mounts, '60 24 8:2 / /swap rw - ext4 /dev/sda2 rw'], swaps: [FILE] }, NO),
  swap('absent', { swaps: [] }, NEITHER, /there is no swap/),
  swap(
    'absent',
    { swaps: ['/dev/zram0 partition 1 0 100'], blocks: [{ name: 'zram0', number: '252:0', behind: 'none' }] },
    NEITHER,
    /lay on no disk/,
  ),
  swap(
    'hostile',
    {
      swaps: ['/dev/zram0 partition 1 0 100'],
      blocks: [SDA, SDA2, { name: 'zram0', number: '252:0', behind: '/dev/sda2' }],
    },
    NO,
  ),
  swap('unreadable', { swaps: ['/dev/sdq1 partition 1024 0 -2'] }, UNKNOWN, /behind \/dev\/sdq1 was not found/),
  swap('unreadable', { swaps: ['what'] }, UNKNOWN),
].flat()

/** Of both sentences about one thing: the rows of each. */
const half = (rows: readonly Row[], sentence: string): Claims => ({
  rows: [...rows.filter(row => row[1] === sentence), ...untold(sentence)],
})

const NIX = 'btrfs subvolume "/nix" is mounted at "/nix"'
const RAID = 'RAID "raid1" has 2 of 2 disks'
const raid = (has: readonly [string, string, string], links = '/dev/md127') =>
  laptop({ blocks: [SDA, { ...array('sda'), array: has }], links })

const THESE = 'these file systems are mounted:'
const HEAD = ['mount point', 'type', 'source', 'options']
const mounted = (cells: readonly string[], answer: StorageAnswer = {}): Guest => ({
  table: [HEAD, cells],
  replies: laptop(answer),
})
const SO = ['/', 'btrfs', '/dev/mapper/crypted', 'noatime, compress=zstd:3']

const UEFI = 'the machine has booted by UEFI'
const BIOS = 'the machine has booted by BIOS'
const firm = (seen: string, system = 'x86_64', parameters = 'quiet') => answered([seen, system, parameters])
const firmware = (sentence: string): Row[] => unknown(sentence, ['efi', 'x86_64', 'quiet'])
const NO_NAMES = { hostile: 'no name is looked at' }

export const storageRows: ClaimTable = {
  'file system {path} is encrypted{tail}': half(rootRows, ROOT_IS),
  'file system {path} is not encrypted{tail}': half(rootRows, ROOT_IS_NOT),
  'swap is encrypted{tail}': half(swapRows, 'swap is encrypted'),
  'swap is not encrypted{tail}': half(swapRows, 'swap is not encrypted'),
  'btrfs subvolume {string} is mounted at {path}{tail}': {
    rows: [
      ['so', NIX, laptop(), 'holds'],
      ['so', 'btrfs subvolume "root" is mounted at "/"', laptop(), 'holds'],
      ['not so', 'btrfs subvolume "/root" is mounted at "/nix"', laptop(), 'not met', /btrfs subvolume \/nix/],
      ['not so', 'btrfs subvolume "/" is mounted at "/boot"', laptop(), 'not met', /vfat of \/dev\/sda1/],
      ['not so', 'btrfs subvolume "" is mounted at "/nix"', laptop(), 'refused', /no name/],
      ['absent', 'btrfs subvolume "/nix" is mounted at "/nix2"', laptop(), 'not met', /nothing is mounted at \/nix2/],
      [
        'hostile',
        NIX,
        laptop({ mounts: [ROOT, '31 24 0:22 /nix /nix rw - ext4 /dev/btrfs rw,subvol=/nix'] }),
        'not met',
      ],
      ...untold(NIX),
    ],
  },
  'RAID {string} has {int} of {int} disks{tail}': {
    rows: [
      ['so', RAID, raid(['2', '0', 'clean']), 'holds'],
      ['so', 'RAID "md127" has 1 of 2 disks', raid(['2', '1', 'active'], '/dev/md/md127'), 'holds'],
      // RAID 0 has no word for a missing disk: without one it is not there.
      ['so', RAID, raid(['2', '', 'clean']), 'holds'],
      ['not so', RAID, raid(['2', '1', 'clean']), 'not met', /1 of 2 disks, clean/],
      ['not so', RAID, raid(['3', '1', 'clean']), 'not met', /2 of 3 disks/],
      ['not so', RAID, raid(['2', '0', 'inactive']), 'not met', /inactive/],
      ['not so', 'RAID "raid1" has 3 of 2 disks', raid(['2', '0', 'clean']), 'refused'],
      ['not so', 'RAID "/dev/md/raid1" has 2 of 2 disks', raid(['2', '0', 'clean']), 'refused', /no name of an array/],
      ['absent', RAID, laptop(), 'not met', /no such array; there is none/],
      ['absent', RAID, raid(['2', '0', 'clean'], '/dev/md/raid1'), 'not met', /no such array; there is md127/],
      ['hostile', RAID, raid(['two', '0', 'clean']), 'could not check', /does not say how many disks/],
      ...untold(RAID),
    ],
  },
  'these file systems are mounted{tail}:': {
    rows: [
      ['so', THESE, mounted(SO), 'holds'],
      ['so', THESE, mounted(['/boot', 'vfat', '/dev/disk/by-label/ESP', 'rw'], { links: '/dev/sda1' }), 'holds'],
      ['so', THESE, mounted(['/tmp', 'tmpfs', 'tmpfs', 'nosuid,size=2G']), 'holds'],
      ['so', THESE, mounted(['/nix', '', '', 'ro']), 'holds'],
      ['not so', THESE, mounted(['/nix', '', '', 'rw']), 'not met', /without rw: ro,noatime,rw/],
      ['not so', THESE, mounted(['/', 'ext4', '', '']), 'not met', /type btrfs instead of ext4/],
      [
        'not so',
        THESE,
        mounted(['/boot', '', '/dev/sda2', '']),
        'not met',
        /source \/dev\/sda1 instead of \/dev\/sda2/,
      ],
      [
        'not so',
        THESE,
        mounted(['/boot', '', '/dev/disk/by-label/x', '']),
        'not met',
        /instead of \/dev\/disk\/by-label\/x/,
      ],
      ['not so', THESE, mounted(['/', '', '', 'compress']), 'not met', /without compress/],
      ['not so', THESE, { table: [HEAD], replies: laptop() }, 'refused', /no row/],
      ['not so', THESE, mounted(['boot', '', '', '']), 'refused', /no path on the machine/],
      [
        'hostile',
        THESE,
        mounted(['/srv/a', '', '', ''], {
          mounts: [ROOT, '60 24 8:2 / /srv/a rw - ext4 /dev/sda2 rw', '61 24 0:50 / /srv rw - tmpfs none rw'],
        }),
        'not met',
        /nothing is mounted there/,
      ],
      [
        'so',
        THESE,
        mounted(['/srv/a', '', '', ''], {
          mounts: [ROOT, '61 24 0:50 / /srv rw - tmpfs none rw', '62 61 8:2 / /srv/a rw - ext4 /dev/sda2 rw'],
        }),
        'holds',
      ],
      ['absent', THESE, mounted(['/home', '', '', '']), 'not met', /nothing is mounted there/],
      [
        'hostile',
        THESE,
        mounted(['/a b', '', '', ''], { mounts: [ROOT, '60 24 8:2 / /a\\040b rw - ext4 /dev/sda2 rw'] }),
        'holds',
      ],
      [
        'hostile',
        THESE,
        mounted(['/x', '', '', ''], { mounts: [ROOT, '60 24 8:2 / /a\\012/x rw - ext4 /dev/sda2 rw'] }),
        'not met',
      ],
      ...untold(THESE, mounted(SO)),
    ],
  },
  'the machine has booted by UEFI{tail}': {
    rows: [
      ['so', UEFI, firm('efi\ndmi'), 'holds'],
      ['so', UEFI, firm('efi', 'aarch64'), 'holds'],
      [
        'not so',
        UEFI,
        firm('dmi\nacpi'),
        'not met',
        /had not booted by UEFI: a machine keeps its firmware until it boots anew[\s\S]*BIOS/,
      ],
      ['absent', UEFI, firm(''), 'could not check', /shows nothing/],
      ['unreadable', UEFI, firm('dmi', 'x86_64', 'quiet noefi'), 'could not check', /noefi/],
      ['unreadable', UEFI, firm('dmi', 'aarch64'), 'could not check', /aarch64 has firmware that is neither/],
      ...firmware(UEFI),
    ],
    without: NO_NAMES,
  },
  'the machine has booted by BIOS{tail}': {
    rows: [
      ['so', BIOS, firm('dmi\nacpi'), 'holds'],
      ['not so', BIOS, firm('efi\ndmi'), 'not met', /had not booted by BIOS[\s\S]*UEFI/],
      ['absent', BIOS, firm(''), 'could not check', /shows nothing/],
      ['unreadable', BIOS, firm('dmi', 'x86_64', 'efi=debug,noefi'), 'could not check', /noefi/],
      ...firmware(BIOS),
    ],
    without: NO_NAMES,
  },
}
