/** Whether what disko's script makes is found again by its name: nothing on another disk may have the same. Pure. */
import type { Content, Layout } from '../../flake/layout/layout.ts'
import { known } from '../../probe/fact.ts'
import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { type Judgement, notHeld, notKnown, together } from '../judgement.ts'
import { diskAt } from './disks.ts'
import { below, devicesOf, isOne } from './tree.ts'

/**
 * disko finds partitions by /dev/disk/by-partlabel, and takes a pool, a volume group or an opened LUKS device of the name for its own
 * (lib/types: gpt.nix, zpool.nix, lvm_vg.nix, luks.nix): where another disk has the same, that is what is formatted, or mounted and written to.
 */
export function namesAreFree(facts: TargetFacts, layout: Layout): Judgement {
  const disks = (known(facts.disks) ?? []).filter(({ type }) => type !== 'rom')
  const ours = layout.disks.flatMap(({ device }) => {
    const found = diskAt(facts, device)
    return 'disk' in found ? [found.disk] : []
  })
  const others = disks.filter(disk => !isOne(ours, disk)).flatMap(devicesOf)
  const free = others.filter(({ path }) => !ours.flatMap(below).some(one => one.path === path))
  return together([...free.flatMap(device => takenBy(device, layout)), ...groupsTaken(free, layout, facts.volumes)])
}

function takenBy({ path, partLabel, fileSystem, label }: BlockDevice, layout: Layout): Judgement[] {
  const { partitionLabels, pools, arrays } = layout
  const has = (what: string): Judgement => notHeld(`${path} ${what}, and so is one of the layout`, { next: NEXT })
  const named = (all: readonly { readonly name: string }[], name: string | null): boolean =>
    all.some(one => one.name === name)
  return [
    ...(partLabel !== null && partitionLabels.includes(partLabel) ? [has(`is called ${partLabel}`)] : []),
    ...(fileSystem === 'zfs_member' && named(pools, label) ? [has(`is of a pool ${label}`)] : []),
    // mdadm(8), --name: `host:name`.
    ...(fileSystem === 'linux_raid_member' && named(arrays, label?.split(':').at(-1) ?? null)
      ? [has(`is of an array ${label}`)]
      : []),
    ...(luksNames(layout).some(name => path === `/dev/mapper/${name}`) ? [has('is open by that name')] : []),
  ]
}

function groupsTaken(others: readonly BlockDevice[], { groups }: Layout, volumes: TargetFacts['volumes']): Judgement[] {
  const members = others.filter(({ fileSystem }) => fileSystem === 'LVM2_member')
  if (groups.length === 0 || members.length === 0) return []
  if ('unknown' in volumes) return [notKnown(`${members[0]?.path} belongs to LVM: ${volumes.unknown}`)]
  return volumes.is
    .filter(({ path, group }) => members.some(one => one.path === path) && groups.some(({ name }) => name === group))
    .map(({ path, group }) =>
      notHeld(`${path} is of a volume group ${group}, and so is one of the layout`, { next: NEXT }),
    )
}

const NEXT = 'another name in the layout, or that disk taken out: the script takes what has the name for its own'

const luksNames = ({ disks, arrays, groups }: Layout): string[] =>
  [...disks, ...arrays, ...groups.flatMap(({ volumes }) => volumes)].flatMap(({ content }) => luksIn(content))

function luksIn(content: Content): string[] {
  if (content === null || 'strange' in content) return []
  if (content.type === 'luks') return [content.name, ...luksIn(content.content)]
  return 'partitions' in content ? content.partitions.flatMap(partition => luksIn(partition.content)) : []
}
