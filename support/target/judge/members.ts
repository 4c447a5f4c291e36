/** Arrays, pools and volume groups over disks, whether they run or not: members know each other by what is written on them. Pure. */
import { type Fact, known } from '../../probe/fact.ts'
import type { BlockDevice, PhysicalVolume } from '../facts/disks.ts'
import { HELD, type Judgement, notHeld, notKnown } from '../judgement.ts'
import { devicesOf, isOne, TAKE_OFF } from './tree.ts'

/** libblkid's names of what may be one thing over several devices, all of which have its UUID. */
const SPANNING = /^(?:\w+_raid_member|zfs_member|btrfs|bcachefs|drbd)$/
/** Each of these has an UUID of its own, and lsblk does not tell with which others it goes (libblkid/src/superblocks: bcache.c, stratis.c, ext.c, xfs.c). */
const PARTNERS: Readonly<Record<string, RegExp>> = {
  bcache: /^bcache$/,
  stratis: /^stratis$/,
  LVM1_member: /^LVM1_member$/,
  jbd: /^ext[34]$/,
  xfs_external_log: /^xfs$/,
}

interface Member {
  readonly device: BlockDevice
  readonly disk: BlockDevice
}

const membersIn = (disks: readonly BlockDevice[], kinds = SPANNING): Member[] =>
  disks.flatMap(disk =>
    devicesOf(disk)
      .filter(({ fileSystem }) => fileSystem !== null && kinds.test(fileSystem))
      .map(device => ({ device, disk })),
  )

/** What runs stands in the kernel's tree, and is judged by that as well. */
export const partnersOver = (ours: readonly BlockDevice[], all: readonly BlockDevice[]): Judgement[] =>
  ours.flatMap(devicesOf).flatMap(({ path, fileSystem }) => {
    const kinds = fileSystem === null ? undefined : PARTNERS[fileSystem]
    const others = kinds === undefined ? [] : membersIn(all, kinds).filter(({ disk }) => !isOne(ours, disk))
    const told = others.map(({ device }) => `${device.path} (${device.fileSystem})`).join(', ')
    return told === '' ? [] : [notKnown(`whether ${path} (${fileSystem}) and ${told} belong together is not told`)]
  })

export function membersOver(ours: readonly BlockDevice[], all: readonly BlockDevice[]): Judgement[] {
  const members = membersIn(all)
  return membersIn(ours).map(({ device }) => {
    const { fileSystem, uuid, label, path } = device
    if (uuid === null) return notKnown(`${path} is a ${fileSystem}, and of what it is not told`)
    const others = members.filter(
      one => one.device.uuid === uuid && one.device.fileSystem === fileSystem && !isOne(ours, one.disk),
    )
    if (others.length === 0) return HELD
    const elsewhere = others.map(one => one.device.path).join(', ')
    return notHeld(`${path} and ${elsewhere} are one ${fileSystem}${label === null ? '' : ` "${label}"`}`, {
      next: TAKE_OFF,
    })
  })
}

/** One without metadata of its own (pvcreate(8), --metadatacopies 0) is known to be of a group only where others of that are there. */
const isFree = ({ isUsed, tellsGroup }: PhysicalVolume): boolean => !isUsed && tellsGroup

/** Volume groups are told by LVM only. */
export function groupsOver(
  ours: readonly BlockDevice[],
  all: readonly BlockDevice[],
  volumes: Fact<readonly PhysicalVolume[]>,
): Judgement[] {
  const here = ours.flatMap(devicesOf).filter(({ fileSystem }) => fileSystem === 'LVM2_member')
  if (here.length === 0) return []
  if ('unknown' in volumes) return [notKnown(`${here[0]?.path} belongs to LVM: ${volumes.unknown}`)]
  const paths = new Set(ours.flatMap(devicesOf).map(({ path }) => path))
  const there = new Set(all.flatMap(devicesOf).map(({ path }) => path))
  return here.map(({ path }) => {
    const volume = known(volumes)?.find(one => one.path === path)
    if (volume === undefined) return notKnown(`${path} belongs to LVM, which does not list it`)
    if (volume.group === '')
      return isFree(volume) ? HELD : notKnown(`${path} belongs to a volume group that LVM does not tell`)
    const others = volumes.is.filter(one => one.group === volume.group && !paths.has(one.path))
    if (others.length === 0) return HELD
    const elsewhere = others.map(one => (there.has(one.path) ? one.path : `${one.path}, which is not there`)).join(', ')
    return notHeld(`the volume group ${volume.group} is on ${path} and ${elsewhere}`, { next: TAKE_OFF })
  })
}
