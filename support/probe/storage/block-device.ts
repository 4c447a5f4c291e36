/** Block devices and what they are made of, out of sysfs (the kernel's Documentation/ABI/testing/sysfs-block and sysfs-block-dm). */
import { type CommandResult, sh } from '../../core/command.ts'
import { encoded } from '../sections.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'

export interface BlockDevice {
  /** The kernel's: `sda1`, `dm-0`, `md127`. */
  readonly name: string
  /** `8:1`. */
  readonly number: string
  /** The disk that it is a partition of. */
  readonly disk?: string
  /** What it is put together from. */
  readonly parts: readonly string[]
  /** Of the device mapper; `uuid` says who made it (`CRYPT-LUKS2-…`) and may be missing. */
  readonly mapped?: { readonly name: string; readonly uuid: string }
  /** The file behind a loop device; empty when it is not told. */
  readonly file?: string
  /** The device behind a zram device; empty when there is none. */
  readonly behind?: string
  readonly array?: RaidArray
}

export interface RaidArray {
  readonly disks: number
  readonly missing: number
  /** `active`, `clean`, `inactive` and others (Documentation/admin-guide/md). */
  readonly state: string
}

export interface BlockDevices {
  readonly byName: ReadonlyMap<string, BlockDevice>
  /** Names of the devices of each btrfs, by its UUID. */
  readonly btrfs: ReadonlyMap<string, readonly string[]>
}

const FIELDS = [
  'dev',
  'dm/uuid',
  'dm/name',
  'loop/backing_file',
  'backing_dev',
  'md/raid_disks',
  'md/degraded',
  'md/array_state',
]
/** Name, place, the fields above, and the names of its parts. */
const COUNT = FIELDS.length + 3

/** Every field ends in NUL, for names of mapped devices and files may hold anything else. */
export const BLOCK_DEVICES = encoded(sh`for dir in /sys/class/block/*; do
[ -d "$dir" ] || continue
printf '%s\\0%s\\0' "\${dir##*/}" "$(cd -P "$dir" && pwd -P)"
for field in ${FIELDS}; do
value=; [ ! -e "$dir/$field" ] || IFS= read -r value <"$dir/$field"
printf '%s\\0' "$value"
done
for part in "$dir"/slaves/*; do [ ! -e "$part" ] || printf '%s ' "\${part##*/}"; done; printf '\\0'
done`)

export const BTRFS_DEVICES = encoded(sh`for link in /sys/fs/btrfs/*/devices/*; do
[ ! -e "$link" ] || printf '%s\\0' "$link"
done`)

/** @throws UnreadableAnswer when there are fewer fields than there should be */
export function blockDevices(blocks: string, btrfs: string, result: CommandResult): BlockDevices {
  const fields = fieldsOf(blocks)
  if (fields.length % COUNT !== 0) throw new UnreadableAnswer('The block devices', result)
  const devices = Array.from({ length: fields.length / COUNT }, (_, i) =>
    toDevice(fields.slice(i * COUNT, (i + 1) * COUNT)),
  )
  return { byName: new Map(devices.map(device => [device.name, device])), btrfs: btrfsDevices(fieldsOf(btrfs)) }
}

/** What `encoded` sent, at its NULs. */
const fieldsOf = (base64: string): string[] => Buffer.from(base64, 'base64').toString().split('\0').slice(0, -1)

function toDevice([name = '', place = '', ...rest]: readonly string[]): BlockDevice {
  const [
    number = '',
    uuid = '',
    mapped = '',
    file = '',
    behind = '',
    disks = '',
    missing = '',
    state = '',
    parts = '',
  ] = rest
  const disk = place.split('/').at(-2) ?? ''
  return {
    ...{ name, number, parts: parts.split(' ').filter(part => part !== '') },
    // A partition stands below its disk; a disk below what it is connected to, or below `block`.
    ...(place.includes('/block/') && disk !== 'block' ? { disk } : {}),
    ...(name.startsWith('dm-') ? { mapped: { name: mapped, uuid } } : {}),
    ...(name.startsWith('loop') ? { file } : {}),
    ...(name.startsWith('zram') ? { behind: behind === 'none' ? '' : behind } : {}),
    ...(disks === '' ? {} : { array: { disks: Number(disks), missing: Number(missing || 0), state } }),
  }
}

function btrfsDevices(links: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const link of links) {
    const [name = '', , uuid = ''] = link.split('/').toReversed()
    found.set(uuid, [...(found.get(uuid) ?? []), name])
  }
  return found
}

/** The device behind a path: of the kernel's name, a mapped one, or a logical volume (lvm(8), VG/LV; dashes in its mapped name are doubled). */
export function deviceAt({ byName }: BlockDevices, path: string): BlockDevice | undefined {
  const [, first = '', second] = /^\/dev\/(?:([^/]+)(?:\/([^/]+))?)$/.exec(path) ?? []
  if (second === undefined) return byName.get(first)
  const doubled = (name: string): string => name.replaceAll('-', '--')
  const mapped = first === 'mapper' ? second : `${doubled(first)}-${doubled(second)}`
  return [...byName.values()].find(device => device.mapped?.name === mapped)
}
