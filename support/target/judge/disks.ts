/** The disks of a target, by the names that a layout or a sentence has for them. Pure. */
import { known } from '../../probe/fact.ts'
import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notItsOwn, notKnown } from '../judgement.ts'

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
  if (disk?.type === 'disk') return { disk }
  return {
    judgement: notHeld(
      path === undefined || !isThere(disks.is, path) ? `there is no ${device}` : `${device} is no disk`,
      whatIsThere(facts),
    ),
  }
}

const isThere = (devices: readonly BlockDevice[], path: string): boolean =>
  devices.some(one => one.path === path || isThere(one.children, path))

/** Its disks, each with the name that stays. */
function whatIsThere({ disks, links }: TargetFacts): { readonly next?: string } {
  const named = (known(disks) ?? [])
    .filter(({ type, size }) => type === 'disk' && size > 0)
    .map(({ path, size }) => {
      const byId = (known(links) ?? []).find(one => one.path === path && one.link.startsWith('/dev/disk/by-id/'))
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
