/** What a machine answers about its storage, for rows: a laptop with LUKS and btrfs, and what differs from it. */
import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'

/** One block device as sysfs has it; the fields in the order of the look. */
export interface Block {
  readonly name: string
  readonly number: string
  readonly place?: string
  readonly uuid?: string
  readonly mapped?: string
  readonly file?: string
  readonly behind?: string
  /** Disks, missing ones, and the state of an array. */
  readonly array?: readonly [string, string, string]
  readonly parts?: readonly string[]
}

export interface StorageAnswer {
  readonly mounts?: readonly string[]
  readonly swaps?: readonly string[]
  readonly blocks?: readonly Block[]
  /** Places in sysfs of the devices of each btrfs. */
  readonly btrfs?: readonly string[]
  readonly links?: string
}

export const ROOT = '24 1 0:22 /root / rw,noatime shared:1 - btrfs /dev/mapper/crypted rw,compress=zstd:3,subvol=/root'
const BOOT = '30 24 8:1 / /boot rw,relatime shared:2 - vfat /dev/sda1 rw,umask=0077'
const NIX = '31 24 0:22 /nix /nix ro,noatime shared:3 - btrfs /dev/mapper/crypted rw,subvol=/nix'
const TMP = '32 24 0:30 / /tmp rw,nosuid - tmpfs tmpfs rw,size=2G'
const NAS = '33 24 0:40 / /mnt/nas rw - nfs4 nas:/export rw,vers=4.2'
const LUKS = 'CRYPT-LUKS2-0123456789abcdef0123456789abcdef-crypted'

export const SDA: Block = { name: 'sda', number: '8:0', place: '/sys/devices/pci0/block/sda' }
export const SDA1: Block = { name: 'sda1', number: '8:1', place: '/sys/devices/pci0/block/sda/sda1' }
export const SDA2: Block = { name: 'sda2', number: '8:2', place: '/sys/devices/pci0/block/sda/sda2' }
export const CRYPTED: Block = { name: 'dm-0', number: '254:0', uuid: LUKS, mapped: 'crypted', parts: ['sda2'] }

export const LAPTOP: Required<StorageAnswer> = {
  mounts: [ROOT, BOOT, NIX, TMP, NAS],
  swaps: ['/dev/dm-0 partition 1024 0 -2'],
  blocks: [SDA, SDA1, SDA2, CRYPTED],
  btrfs: ['/sys/fs/btrfs/0a-1b/devices/dm-0'],
  links: '',
}

export const laptopSections = (other: StorageAnswer = {}): Said[] => {
  const { mounts, swaps, blocks, btrfs, links } = { ...LAPTOP, ...other }
  return [
    mounts.join('\n'),
    ['Filename Type Size Used Priority', ...swaps].join('\n'),
    fields(blocks.flatMap(fieldsOf)),
    fields(btrfs),
    links,
  ]
}

export const laptop = (other: StorageAnswer = {}): CommandResult => answered(laptopSections(other))

export const fields = (all: readonly string[]): string =>
  Buffer.from(all.map(field => `${field}\0`).join('')).toString('base64')

const fieldsOf = ({
  name,
  number,
  place,
  uuid,
  mapped,
  file,
  behind,
  array = ['', '', ''],
  parts = [],
}: Block): string[] => [
  ...[name, place ?? `/sys/devices/virtual/block/${name}`, number, uuid ?? '', mapped ?? '', file ?? '', behind ?? ''],
  ...[...array, parts.map(part => `${part} `).join('')],
]
