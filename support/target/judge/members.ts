/** Arrays, pools and volume groups over disks, whether they run or not: members know each other by what is written on them. Pure. */
import { type Fact, known } from '../../probe/fact.ts'
import type { BlockDevice, PhysicalVolume } from '../facts/disks.ts'
import { HELD, type Judgement, notHeld, notKnown } from '../judgement.ts'
import { devicesOf, isOne, TAKE_OFF } from './tree.ts'

/** libblkid's names of what may be one thing over several devices, all of which have its UUID. */
const SPANNING = /^(?:\w+_raid_member|zfs_member|btrfs|bcachefs|bcache|drbd|stratis)$/

interface Member {
  readonly device: BlockDevice
  readonly disk: BlockDevice
}

const membersIn = (disks: readonly BlockDevice[]): Member[] =>
  disks.flatMap(disk =>
    devicesOf(disk)
      .filter(({ fileSystem }) => fileSystem !== null && SPANNING.test(fileSystem))
      .map(device => ({ device, disk })),
  )

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
    if (volume.group === '') return HELD
    const others = volumes.is.filter(one => one.group === volume.group && !paths.has(one.path))
    if (others.length === 0) return HELD
    const elsewhere = others.map(one => (there.has(one.path) ? one.path : `${one.path}, which is not there`)).join(', ')
    return notHeld(`the volume group ${volume.group} is on ${path} and ${elsewhere}`, { next: TAKE_OFF })
  })
}
