/** What sentences about file systems, swap, arrays and firmware mean. */
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD } from '../../expect/not.ts'
import { type Fact, known, whyUnknown } from '../../probe/fact.ts'
import type { BlockDevice } from '../../probe/storage/block-device.ts'
import { type Cover, coverOfMount, coverOfPath, together } from '../../probe/storage/cover.ts'
import type { Firmware } from '../../probe/storage/firmware.ts'
import { mountAt } from '../../probe/storage/mount-entry.ts'
import type { StorageFacts } from '../../probe/storage/storage.ts'

type Covered = (facts: StorageFacts) => Fact<Cover> | undefined

/** The mount's, undefined where nothing is mounted. */
const coverAt =
  (point: string): Covered =>
  facts => {
    const mount = mountAt(facts.mounts, point)
    return mount && coverOfMount(facts, mount)
  }

/** Of all swap together; undefined without any. */
const coverOfSwap: Covered = facts =>
  facts.swaps.length === 0 ? undefined : together(facts.swaps.map(({ path }) => coverOfPath(facts, path)))

export const fileSystemIsEncrypted = (point: string) => encrypted(coverAt(point), `nothing is mounted at ${point}`)
export const fileSystemIsPlain = (point: string) => plain(coverAt(point), `nothing is mounted at ${point}`)
export const swapIsEncrypted = () => encrypted(coverOfSwap, 'there is no swap')
export const swapIsPlain = () => plain(coverOfSwap, 'there is no swap')

const SEEN = {
  encrypted: 'encrypted',
  plain: 'not encrypted, or not on each of its disks',
  memory: 'in memory, on no disk',
} as const

/** Both claims need a disk to speak of: what lies in memory is neither. */
const about = (cover: Covered, absent: string) => ({
  unknown: (facts: StorageFacts) => whyUnknown(cover(facts)),
  absent: (facts: StorageFacts) => cover(facts) === undefined,
  between: (facts: StorageFacts) => (known(cover(facts)) === 'memory' ? 'lay on no disk' : undefined),
  seen: (facts: StorageFacts) => {
    const fact = cover(facts)
    const is = known(fact)
    if (is !== undefined) return SEEN[is]
    return fact === undefined ? absent : 'unknown'
  },
})

const encrypted = (cover: Covered, absent: string): Expectation<StorageFacts> =>
  claim({
    wanted: 'encrypted on every disk',
    missed: 'was not encrypted',
    holds: facts => known(cover(facts)) === 'encrypted',
    ...about(cover, absent),
  })

const plain = (cover: Covered, absent: string): Expectation<StorageFacts> =>
  claim({
    wanted: 'not encrypted',
    missed: 'was still encrypted',
    hold: HOLD,
    holds: facts => known(cover(facts)) === 'plain',
    ...about(cover, absent),
  })

/** @param root its path in its file system: `/nix` */
export const subvolumeIsMountedAt = (root: string, point: string): Expectation<StorageFacts> =>
  claim({
    wanted: `btrfs subvolume ${root}`,
    missed: `was not btrfs subvolume ${root}`,
    absent: facts => mountAt(facts.mounts, point) === undefined,
    holds: facts => {
      const mount = mountAt(facts.mounts, point)
      return mount?.type === 'btrfs' && mount.root === root
    },
    seen: facts => {
      const mount = mountAt(facts.mounts, point)
      if (!mount) return `nothing is mounted at ${point}`
      return mount.type === 'btrfs' ? `btrfs subvolume ${mount.root}` : `${mount.type} of ${mount.source}`
    },
  })

/** @param name mdadm's (`raid1` of /dev/md/raid1) or the kernel's (`md127`) */
export const raidHas = (name: string, present: number, all: number): Expectation<StorageFacts> =>
  claim({
    wanted: `${present} of ${all} disks`,
    missed: `did not have ${present} of ${all} disks`,
    absent: facts => arrayOf(facts, name)?.array === undefined,
    unknown: facts => unsaid(arrayOf(facts, name)),
    holds: facts => {
      const array = arrayOf(facts, name)?.array
      return array !== undefined && isUp(array.state) && array.disks === all && array.disks - array.missing === present
    },
    seen: facts => {
      const array = arrayOf(facts, name)?.array
      if (!array) return `no such array; there is ${arraysIn(facts) || 'none'}`
      return `${array.disks - array.missing} of ${array.disks} disks, ${array.state || 'in no known state'}`
    },
  })

function arrayOf({ devices, links }: StorageFacts, name: string): BlockDevice | undefined {
  const path = links.get(arrayPath(name)) ?? ''
  return devices.byName.get(path.split('/').at(-1) ?? '') ?? devices.byName.get(name)
}

/** Where udev puts mdadm's names (mdadm(8), DEVICE NAMES). */
export const arrayPath = (name: string): string => `/dev/md/${name}`

const isUp = (state: string): boolean => !['', 'clear', 'inactive', 'broken', 'suspended'].includes(state)

const unsaid = (device: BlockDevice | undefined): string | undefined =>
  device?.array && !Number.isSafeInteger(device.array.disks + device.array.missing)
    ? 'the kernel does not say how many disks it has'
    : undefined

const arraysIn = ({ devices }: StorageFacts): string =>
  [...devices.byName.values()].flatMap(({ name, array }) => (array ? [name] : [])).join(', ')

export const bootedBy = (wanted: Firmware): Expectation<Fact<Firmware>> =>
  claim<Fact<Firmware>>({
    wanted,
    missed: `had not booted by ${wanted}`,
    unknown: whyUnknown,
    holds: fact => known(fact) === wanted,
    seen: fact => known(fact) ?? 'unknown',
    hopeless: () => 'a machine keeps its firmware until it boots anew',
  })
