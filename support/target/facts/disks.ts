/** The disks of a target, and what lies on them. lsblk(8), pvs(8). */
import { z } from 'zod'
import { sh } from '../../core/command.ts'
import { fromJson, type Part } from './part.ts'

/** A disk, a partition, or what is put together from some. What stands on two devices is below each of them, by the same path. */
export interface BlockDevice {
  /** The kernel's: `sda1`, `dm-0`. */
  readonly name: string
  /** `/dev/sda1`, `/dev/mapper/main-root`. */
  readonly path: string
  /** The kernel's: `8:1`; null where it is not told. */
  readonly number: string | null
  /** lsblk's word: `disk`, `part`, `lvm`, `crypt`, `raid1`, `loop`, `rom`. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  readonly readOnly: boolean
  readonly serial: string | null
  readonly wwn: string | null
  readonly model: string | null
  /** `nvme`, `sata`, `usb`, `virtio`. */
  readonly transport: string | null
  /** Of a partition, its name in a GPT. */
  readonly partLabel: string | null
  /** Of its partition table: another one after a wipe. */
  readonly tableUuid: string | null
  /** `ext4`, `LVM2_member`, `linux_raid_member`, `zfs_member`, `swap`. */
  readonly fileSystem: string | null
  /** Of the file system; members of one array, pool or btrfs have the same. */
  readonly uuid: string | null
  /** Of a member of a pool, its name. */
  readonly label: string | null
  /** `[SWAP]` for swap space that is in use. */
  readonly mountPoints: readonly string[]
  readonly children: readonly BlockDevice[]
}

const word = z
  .string()
  .nullish()
  .transform(text => (text === '' || text === undefined ? null : text))
/** A number, or a string before util-linux 2.33. */
const number = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,15}$/)]).transform(Number)
const flag = z.union([z.boolean(), z.enum(['0', '1'])]).transform(value => value === true || value === '1')

interface Said {
  readonly children?: readonly Said[] | undefined
  readonly [column: string]: unknown
}
const said: z.ZodType<Said> = z.lazy(() => z.looseObject({ children: z.array(said).optional() }))

const columns = z.object({
  name: z.string(),
  kname: word,
  'maj:min': word,
  path: z.string(),
  type: z.string(),
  size: number,
  ro: flag,
  ...{ serial: word, wwn: word, model: word, tran: word, ptuuid: word },
  ...{ partlabel: word, fstype: word, uuid: word, label: word },
  // util-linux 2.37 and newer have `mountpoints`.
  mountpoint: word,
  mountpoints: z.array(z.string().nullable()).optional(),
})

/** More are judged in no time that a person waits: each is held against each. */
const MOST_DEVICES = 5000

const countOf = ({ children = [] }: Said): number => children.reduce((sum, child) => sum + countOf(child), 1)

function device(raw: Said): BlockDevice {
  const { kname, name, ro, tran, ptuuid, partlabel, fstype, mountpoint, mountpoints, ...rest } = columns.parse(raw)
  const { 'maj:min': number, ...same } = rest
  return {
    ...same,
    name: kname ?? name,
    number,
    readOnly: ro,
    transport: tran,
    tableUuid: ptuuid,
    partLabel: partlabel,
    fileSystem: fstype,
    mountPoints: (mountpoints ?? [mountpoint]).filter(point => point !== null),
    children: (raw.children ?? []).map(device),
  }
}

export const disks: Part<readonly BlockDevice[]> = {
  tool: 'lsblk',
  command: sh`timeout 10 lsblk -J -b -O`,
  parse(text) {
    const { blockdevices } = z.object({ blockdevices: z.array(said) }).parse(fromJson(text))
    if (countOf({ children: blockdevices }) > MOST_DEVICES) throw new Error('more devices than are judged')
    return blockdevices.map(device)
  },
}

/** The names that udev gives disks and partitions, and what each means here. */
export interface DeviceLink {
  /** `/dev/disk/by-id/ata-…`. */
  readonly link: string
  /** `/dev/sda`. */
  readonly path: string
}

export const links: Part<readonly DeviceLink[]> = {
  tool: '/dev/disk',
  command: sh`[ -d /dev/disk ] || { echo 'there is no /dev/disk: it has no udev'; exit 77; }
for link in /dev/disk/by-*/*; do
[ ! -L "$link" ] || printf '%s\t%s\n' "$link" "$(readlink -f "$link")"
done`,
  parse: text =>
    text
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const [link, path, ...more] = line.split('\t')
        if (link === undefined || path === undefined || more.length > 0) throw new Error('no link')
        return { link, path }
      }),
}

export interface PhysicalVolume {
  /** `/dev/sda2`. */
  readonly path: string
  /** Empty where it belongs to no volume group. */
  readonly group: string
  /** It says of itself that it belongs to one, whichever that is. */
  readonly isUsed: boolean
  /** It has a place for what is known of its group; without one only the others of the group know. */
  readonly tellsGroup: boolean
}

const volume = z
  .object({
    pv_name: z.string(),
    vg_name: z.string(),
    pv_in_use: z.string(),
    pv_mda_count: z.union([z.string(), z.int()]),
  })
  .transform(({ pv_name, vg_name, pv_in_use, pv_mda_count }) => ({
    ...{ path: pv_name, group: vg_name, isUsed: pv_in_use !== '', tellsGroup: Number(pv_mda_count) > 0 },
  }))
const report = z.object({ report: z.tuple([z.object({ pv: z.array(volume) })]) })

/** Without locks and without its own notes: `--readonly` of lvm(8). */
export const volumes: Part<readonly PhysicalVolume[]> = {
  tool: 'pvs',
  command: sh`timeout 10 pvs --readonly --reportformat json -o pv_name,vg_name,pv_in_use,pv_mda_count`,
  parse: text => report.parse(fromJson(text)).report[0].pv,
}

/** proc_swaps(5): files among them hold on to the disk below, too. */
export interface Swap {
  readonly path: string
  readonly type: string
}

export const swaps: Part<readonly Swap[]> = {
  tool: '/proc/swaps',
  command: sh`cat /proc/swaps`,
  parse(text) {
    const [head, ...rest] = text.split('\n').filter(line => line !== '')
    if (!head?.startsWith('Filename')) throw new Error('no list of swap spaces')
    return rest.map(line => {
      const [path = '', type = ''] = line.split(/\s+/)
      return { path, type }
    })
  },
}
