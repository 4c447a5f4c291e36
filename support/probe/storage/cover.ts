/** Whether what is written somewhere reaches a disk encrypted. Pure. */
import type { Fact } from '../fact.ts'
import { type BlockDevice, deviceAt } from './block-device.ts'
import { type MountEntry, mountOf } from './mount-entry.ts'
import type { StorageFacts } from './storage.ts'

/** `plain` when any part of it is; `memory`: it reaches no disk. */
export type Cover = 'encrypted' | 'plain' | 'memory'

/**
 * Who makes mapped devices that encrypt (cryptsetup's UUIDs: CRYPT-TYPE-…). Its verity and integrity devices do not.
 * A cipher that is none (`cipher_null`) is not told from others.
 */
const ENCRYPTS = /^CRYPT-(?:LUKS1|LUKS2|PLAIN|LOOPAES|TCRYPT|BITLK|FVAULT2)-/

/** Deeper than any real stack of devices. */
const DEEPEST = 32

/** Types that the kernel keeps in memory. */
const IN_MEMORY = new Set(['tmpfs', 'ramfs', 'devtmpfs', 'rootfs', 'proc', 'sysfs'])

export function coverOfMount(facts: StorageFacts, mount: MountEntry, depth = 0): Fact<Cover> {
  const device = [...facts.devices.byName.values()].find(({ number }) => number === mount.number)
  if (device) return coverOfDevice(facts, device, depth)
  if (mount.type === 'btrfs') return coverOfBtrfs(facts, mount, depth)
  if (IN_MEMORY.has(mount.type)) return { is: 'memory' }
  return { unknown: `what lies below a file system of type ${mount.type} is not looked at` }
}

function coverOfBtrfs(facts: StorageFacts, { source }: MountEntry, depth: number): Fact<Cover> {
  const device = deviceAt(facts.devices, source)
  const names = [...facts.devices.btrfs.values()].find(devices => device && devices.includes(device.name))
  if (!names) return { unknown: `the devices of the btrfs on ${source} were not found` }
  return together(names.map(name => coverOfName(facts, name, depth)))
}

/** A swap partition, or the file system that a swap file lies on. */
export function coverOfPath(facts: StorageFacts, path: string, depth = 0): Fact<Cover> {
  const device = deviceAt(facts.devices, path)
  if (device) return coverOfDevice(facts, device, depth)
  const mount = path.startsWith('/dev/') ? undefined : mountOf(facts.mounts, path)
  return mount ? coverOfMount(facts, mount, depth + 1) : { unknown: `what lies behind ${path} was not found` }
}

const coverOfName = (facts: StorageFacts, name: string, depth: number): Fact<Cover> => {
  const device = facts.devices.byName.get(name)
  return device ? coverOfDevice(facts, device, depth) : { unknown: `there is no block device ${name}` }
}

function coverOfDevice(facts: StorageFacts, device: BlockDevice, depth: number): Fact<Cover> {
  const { name, mapped, file, behind, parts, disk } = device
  if (depth > DEEPEST) return { unknown: 'the devices lie on one another without an end' }
  if (mapped?.uuid === '') return { unknown: `the mapped device ${mapped.name} does not say what it is` }
  if (mapped && ENCRYPTS.test(mapped.uuid)) return { is: 'encrypted' }
  if (file === '') return { unknown: `the file behind ${name} is not told` }
  if (file !== undefined) return coverOfPath(facts, file, depth + 1)
  if (behind !== undefined) return behind === '' ? { is: 'memory' } : coverOfPath(facts, behind, depth + 1)
  if (/^ram\d/.test(name)) return { is: 'memory' }
  const below = parts.length > 0 ? parts : disk === undefined ? [] : [disk]
  return below.length === 0 ? { is: 'plain' } : together(below.map(part => coverOfName(facts, part, depth + 1)))
}

/** One plain part is enough; one that is unknown leaves it open. */
export function together(covers: readonly Fact<Cover>[]): Fact<Cover> {
  const has = (cover: Cover): boolean => covers.some(fact => 'is' in fact && fact.is === cover)
  if (has('plain')) return { is: 'plain' }
  const unknown = covers.find(fact => 'unknown' in fact)
  if (unknown) return unknown
  return { is: has('encrypted') ? 'encrypted' : 'memory' }
}
