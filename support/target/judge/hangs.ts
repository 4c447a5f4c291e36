/** Whether anything hangs on the disks that a layout wipes that is not theirs alone. Pure. */
import type { Layout } from '../../flake/layout/layout.ts'
import { known } from '../../probe/fact.ts'
import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { type Judgement, notHeld, notKnown, together } from '../judgement.ts'
import { diskAt } from './disks.ts'
import { wipedDevices } from './early-disks.ts'
import { heldElsewhere } from './held.ts'
import { groupsOver, membersOver, partnersOver } from './members.ts'
import { namesAreFree } from './names.ts'
import { below, devicesOf, isOne, TAKE_OFF } from './tree.ts'

/** A device of the tree, with the disks that it stands on. */
interface Standing {
  readonly device: BlockDevice
  readonly on: readonly BlockDevice[]
}

/**
 * disko's disk-deactivate takes along what hangs on a disk: the whole volume group, pool or array, mounts and swap space. What reaches a
 * disk that is not wiped is lost there, too.
 * @param wiped devices of the layout that its script wipes
 */
export function nothingElseHangs(facts: TargetFacts, wiped: readonly string[]): Judgement {
  if (wiped.length === 0) return notKnown('the layout of the host wipes no disk')
  const found = wiped.map(device => diskAt(facts, device))
  const judgements = found.flatMap(one => ('judgement' in one ? [one.judgement] : []))
  if (judgements.length > 0) return together(judgements)
  if (known(facts.userId) !== 0) return notKnown('only root sees all that hangs on disks')
  const ours = found.flatMap(one => ('disk' in one ? [one.disk] : []))
  const all = known(facts.disks) ?? []
  return together([
    ...shared(ours, all),
    ...membersOver(ours, all),
    ...partnersOver(ours, all),
    ...groupsOver(ours, all, facts.volumes),
    ...inUse(ours, facts),
  ])
}

/** The same of a whole layout, of which nothing on another disk may have the names. */
export const layoutStandsAlone = (facts: TargetFacts, layout: Layout): Judgement =>
  together([nothingElseHangs(facts, wipedDevices(layout)), namesAreFree(facts, layout)])

/** What stands on one of them and on another disk, by the kernel. */
function shared(ours: readonly BlockDevice[], all: readonly BlockDevice[]): Judgement[] {
  const standings = new Map<string, Standing>()
  for (const disk of all)
    for (const device of below(disk)) {
      const known = standings.get(device.path)
      standings.set(device.path, { device, on: [...(known?.on ?? []), disk] })
    }
  return [...standings.values()]
    .filter(({ on }) => on.some(disk => isOne(ours, disk)) && !on.every(disk => isOne(ours, disk)))
    .map(({ device, on }) =>
      notHeld(`${device.path} (${device.type}) is on ${on.map(({ path }) => path).join(' and ')}`, { next: TAKE_OFF }),
    )
}

/**
 * What is mounted or swapped to. A system that runs from one of these disks is the one that is to be replaced, and leaves by kexec; beside
 * any other, such as a rescue system in memory, they are in use for a reason that is not known here.
 */
function inUse(ours: readonly BlockDevice[], facts: TargetFacts): Judgement[] {
  const used = ours.flatMap(devicesOf).flatMap(({ path, mountPoints }) => mountPoints.map(point => ({ path, point })))
  if (used.some(({ point }) => point === '/')) return []
  const told = used.map(({ path, point }) =>
    notHeld(point === '[SWAP]' ? `${path} is swapped to` : `${path} is mounted at ${point}`, {
      next: 'umount and swapoff, after a look at who uses it',
    }),
  )
  return [...told, ...heldElsewhere(ours, facts)]
}
