/** The disks from which a NixOS runs now: its next boot needs them in the initrd. Pure. */
import type { Fact } from '../../probe/fact.ts'
import type { BlockDevice } from '../facts/disks.ts'
import type { NamespaceMount } from '../facts/users.ts'
import type { TargetFacts } from '../facts.ts'
import { isMountedEarly, type LayoutDisk } from './early-disks.ts'
import { devicesOf } from './tree.ts'

/**
 * Those on which something stands that the initrd mounts, by the mounts of its first process. What is in memory or comes from elsewhere
 * stands on none; where nothing of it stands on a disk, that is not known.
 */
export function bootDisks({ disks, namespaceMounts }: TargetFacts): Fact<readonly LayoutDisk[]> {
  if ('unknown' in disks) return disks
  if ('unknown' in namespaceMounts) return namespaceMounts
  const early = namespaceMounts.is.filter(({ process, point }) => process === 1 && isMountedEarly(point))
  const found = disks.is
    .filter(({ type }) => type === 'disk')
    .filter(disk => early.some(mount => standsOn(disk, mount)))
  if (found.length === 0) return { unknown: 'on which disks it runs is not told' }
  return { is: found.map(({ path }) => ({ device: path, isEarly: true })) }
}

/** A dataset of ZFS is called by its pool first, of which each member has the name. */
function standsOn(disk: BlockDevice, { number, source }: NamespaceMount): boolean {
  const [pool] = source.split('/')
  return devicesOf(disk).some(
    ({ number: own, path, name, fileSystem, label }) =>
      (own !== null && own === number) ||
      path === source ||
      `/dev/${name}` === source ||
      (fileSystem === 'zfs_member' && label !== null && label === pool),
  )
}
