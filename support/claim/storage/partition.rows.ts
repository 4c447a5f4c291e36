import type { CommandResult } from '../../core/command.ts'
import { answered } from '../../probe/testing/answered.ts'
import { type ClaimTable, type Guest, type Row, unknown } from '../rows/row.ts'
import { fields } from './storage.answers.ts'

/** A block device as the look prints it: name, what it lies below, number, sectors, exit code of blkid, and its words. */
type Device = readonly [name: string, parent: string, number: string, size: string, code: string, said: string]

const MIB = 2048
const said = (type: string, name: string, system = '', label = ''): string =>
  [`ID_PART_ENTRY_TYPE=${type}`, name && `ID_PART_ENTRY_NAME=${name}`, system && `ID_FS_TYPE=${system}`]
    .concat(label && [`ID_FS_LABEL=other`, `ID_FS_LABEL_ENC=${label}`])
    .filter(line => line !== '')
    .join('\n')

const EFI = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b'
const LINUX = '0fc63daf-8483-4772-8e79-3d69d8477de4'
const SDA: Device = ['sda', 'block', '', String(32 * 1024 * MIB), '', '']
const ESP: Device = ['sda1', 'sda', '1', String(512 * MIB), '0', said(EFI, 'disk-main-ESP', 'vfat', 'ESP')]
const ROOT: Device = ['sda2', 'sda', '2', String(31 * 1024 * MIB), '0', said(LINUX, 'disk-main-root', 'ext4', 'nixos')]
const USB: Device = ['sdb', 'block', '', String(8 * 1024 * MIB), '', '']
const STICK: Device = ['sdb1', 'sdb', '1', String(8 * 1024 * MIB), '0', said('0x83', '', 'ext4', 'a\\x20b')]
const LAPTOP = [SDA, ESP, ROOT, USB, STICK]

const guest = (devices: readonly Device[], links = ''): CommandResult => answered([fields(devices.flat()), links])
const with2 = (...[code, text]: readonly [code: string, text: string]): Device[] => [
  SDA,
  ESP,
  [ROOT[0], ROOT[1], ROOT[2], ROOT[3], code, text],
]

const THESE = 'these partitions exist:'
const HEAD = ['disk', 'partition', 'type', 'size', 'file system', 'label']
const rowOf = (cells: readonly string[], replies: CommandResult = guest(LAPTOP)): Guest => ({
  table: [HEAD, cells],
  replies,
})
const SO = ['/dev/sda', '1', 'EF00', '512M', 'vfat', 'ESP']

const so = (cells: readonly string[], replies?: CommandResult): Row => ['so', THESE, rowOf(cells, replies), 'holds']
const not = (cells: readonly string[], says: RegExp, replies?: CommandResult): Row => [
  'not so',
  THESE,
  rowOf(cells, replies),
  'not met',
  says,
]
const unread = (cells: readonly string[], says: RegExp, devices: readonly Device[]): Row => [
  'unreadable',
  THESE,
  rowOf(cells, guest(devices)),
  'could not check',
  says,
]
const refused = (cells: readonly string[], says: RegExp): Row => ['not so', THESE, rowOf(cells), 'refused', says]

export const partitionRows: ClaimTable = {
  'these partitions exist{tail}:': {
    rows: [
      so(SO),
      so(['sda', 'disk-main-root', '8300', 'about 30G', '', '']),
      so(
        ['/dev/disk/by-id/nvme-T14', 'sda2', LINUX.toUpperCase(), 'at least 30 GiB', 'ext4', ''],
        guest(LAPTOP, '/dev/sda'),
      ),
      so(['', '/dev/disk/by-partlabel/disk-main-root', '', 'at most 31G', '', 'nixos'], guest(LAPTOP, '/dev/sda2')),
      so(['/dev/sdb', '', '83', '', 'ext4', 'a b']),
      so(['', '', '', '', '', 'nixos']),
      so(['sda', '2', '8300', '', 'none', ''], guest(with2('0', said(LINUX, 'root')))),
      // Sizes are the kernel's: what blkid may not read does not hide them.
      so(['sda', '2', '', '31G', '', ''], guest(with2('closed', ''))),
      not(['sda', '1', 'EF00', '512M', 'ext4', ''], /file system vfat instead of ext4/),
      not(['sda', '1', 'EF02', '', '', ''], /type EF00 instead of EF02/),
      not(['sda', '1', '', '510M', '', ''], /size 512 MiB \(536870912 bytes\) instead of 510M/),
      not(['sda', '1', '', '', '', 'esp'], /label ESP instead of esp/),
      not(['sda', '2', '', '', '', 'nixos'], /label empty instead of nixos/, guest(with2('0', said(LINUX, 'root')))),
      not(['sda', '2', '', '', 'ext4', ''], /file system none instead of ext4/, guest(with2('0', said(LINUX, 'root')))),
      not(['sdb', 'disk-main-ESP', '', '', '', ''], /there is sdb1 \(0x83 ext4 a b 8.0 GiB\)/),
      refused(['', '', 'linux', '', '', ''], /no type of a partition/),
      refused(['', '', '', '100%', '', ''], /"100%" is no size of a partition/),
      refused(['', '', '', '', '', ''], /A row in the table of partitions is empty/),
      [
        'not so',
        THESE,
        {
          table: [
            ['disk', 'mount point'],
            ['sda', '/'],
          ],
          replies: guest(LAPTOP),
        },
        'refused',
        /Unknown column/,
      ],
      [
        'absent',
        THESE,
        rowOf(['sda', '3', '', '', '', '']),
        'not met',
        /no such partition; there is sda1 \(disk-main-ESP/,
      ],
      [
        'absent',
        THESE,
        rowOf(['/dev/sdc', '1', '', '', '', '']),
        'not met',
        /no disk \/dev\/sdc; there is sda \(32.0 GiB\), sdb/,
      ],
      ['absent', THESE, rowOf(['sda', '', '', '', '', ''], guest([SDA])), 'not met', /there is none/],
      unread(['sda', '2', '8300', '', '', ''], /\/dev\/sda2 may not be read: ask as root/, with2('closed', '')),
      unread(['sda', '2', '', '', 'ext4', ''], /signatures of several kinds/, with2('8', said(LINUX, 'root'))),
      unread(['sda', '2', '', '', 'none', ''], /blkid does not say what \/dev\/sda2 is/, with2('2', '')),
      unread(['sda', 'root', '', '', '', ''], /no device \/dev\/sda2/, with2('gone', '')),
      // One that cannot be read may be the one that is meant; another size it has not.
      unread(['', '', '', '', '', 'data'], /may not be read/, with2('closed', '')),
      not(['', '', '', 'at most 1G', '', 'data'], /no such partition/, guest(with2('closed', ''))),
      ['tool missing', THESE, rowOf(SO, guest(with2('127', ''))), 'could not check', /tool for it cannot be run/],
      ['unreadable', THESE, rowOf(SO, answered(['', ''])), 'could not check'],
      [
        'unreadable',
        THESE,
        rowOf(SO, guest([[...SDA.slice(0, 3), 'many', '', ''] as unknown as Device])),
        'could not check',
      ],
      // A label that is made to be taken for another line of the answer.
      [
        'hostile',
        THESE,
        rowOf(
          ['sdb', '1', '', '', 'xfs', ''],
          guest([USB, [...STICK.slice(0, 5), said('0x83', '', 'ext4', 'x\\x0aID_FS_TYPE=xfs')] as unknown as Device]),
        ),
        'not met',
        /file system ext4/,
      ],
      [
        'hostile',
        THESE,
        rowOf(['sda', '2', '', '', '', 'grün\\x'], guest(with2('0', said(LINUX, 'root', 'ext4', 'grün\\x5cx')))),
        'holds',
      ],
      ...unknown(THESE, [fields(LAPTOP.flat()), ''], rowOf(SO)),
    ],
  },
}
