/** The disks of a target, by the names that a layout or a sentence has for them. Pure. */
import { known } from '../../probe/fact.ts'
import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notItsOwn, notKnown } from '../judgement.ts'

const BY_ID = '/dev/disk/by-id/'

type Found = { readonly disk: BlockDevice } | { readonly judgement: Judgement }

/** The disk behind `/dev/sda` or `/dev/disk/by-id/…`; else why there is none, or why that is not known. */
export function diskAt(facts: TargetFacts, device: string): Found {
  const { disks, links } = facts
  const judgement = notItsOwn(facts)
  if (judgement) return { judgement }
  if ('unknown' in disks) return { judgement: notKnown(disks) }
  const byLink = device.startsWith('/dev/disk/')
  if (byLink && 'unknown' in links) return { judgement: notKnown(links) }
  const path = byLink ? known(links)?.find(({ link }) => link === device)?.path : device
  const disk = disks.is.find(one => one.path === path)
  if (disk?.type === 'disk') return device.startsWith(BY_ID) ? onlyOne(device, disk, disks.is) : { disk }
  return {
    judgement: notHeld(
      path === undefined || !isThere(disks.is, path) ? `there is no ${device}` : `${device} is no disk`,
      whatIsThere(facts),
    ),
  }
}

/** A link leads to `/dev/dm-0` where lsblk has `/dev/mapper/main-root`. */
const isThere = (devices: readonly BlockDevice[], path: string): boolean =>
  devices.some(one => one.path === path || `/dev/${one.name}` === path || isThere(one.children, path))

/** udev's names are made of serial numbers and WWNs: where two disks have the same, each boot may give the name to another of them. */
function onlyOne(device: string, disk: BlockDevice, all: readonly BlockDevice[]): Found {
  for (const { path, ...other } of all) {
    if (path === disk.path || other.type !== 'disk') continue
    const same = sameIdentity(disk, other)
    if (same !== undefined)
      return { judgement: notKnown(`${device} leads to ${disk.path}; ${path} has the same ${same}: it may lead there`) }
  }
  return { disk }
}

type Identity = Pick<BlockDevice, 'serial' | 'wwn' | 'model'>

/** Namespaces of one NVMe have its serial number, and a WWN each. */
function sameIdentity(one: Identity, other: Identity): string | undefined {
  if (one.wwn !== null && other.wwn !== null) return one.wwn === other.wwn ? 'WWN' : undefined
  return one.serial !== null && one.serial === other.serial && one.model === other.model ? 'serial number' : undefined
}

/** Its disks, each with the name that stays. */
function whatIsThere({ disks, links }: TargetFacts): { readonly next?: string } {
  const named = (known(disks) ?? [])
    .filter(({ type, size }) => type === 'disk' && size > 0)
    .map(({ path, size }) => {
      const byId = (known(links) ?? []).find(one => one.path === path && one.link.startsWith(BY_ID))
      return `${byId?.link ?? path} (${showSize(size)})`
    })
  return named.length === 0 ? {} : { next: `it has ${named.join(', ')}` }
}

/** @param least bytes */
export function hasDisk(facts: TargetFacts, device: string, least: number): Judgement {
  const found = diskAt(facts, device)
  if ('judgement' in found) return found.judgement
  const { size, readOnly } = found.disk
  if (readOnly) return notHeld(`${device} can only be read`)
  return size >= least ? HELD : notHeld(`${device} has ${showSize(size)}`, { expected: `${showSize(least)} or more` })
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** As disks are sold: in powers of a thousand. */
export function showSize(bytes: number): string {
  const power = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes || 1) / 3)))
  return `${Number((bytes / 1000 ** power).toFixed(1))} ${UNITS[power]}`
}
