/** What of a bound target speaks against a GO, and what of it could not be seen. Pure, and asked again when a verdict is verified. */
import type { VerdictDocument } from '../verdict.ts'
import type { BoundDisk, BoundTarget } from './bound-target.ts'

type Judged = Pick<VerdictDocument, 'target' | 'disks'>

export function againstTarget({ target }: Judged): string[] {
  if (target === null) return []
  const missed = target.preflight.filter(({ outcome }) => outcome === 'not held')
  return [...missed.map(({ what, said }) => `the target: ${what}: ${said}`), ...twice(target)]
}

/** Two names that lead to one disk would lay it out twice. */
const twice = ({ disks }: BoundTarget): string[] =>
  Object.entries(disks).flatMap(([name, { path, wwn }], at, all) => {
    const other = all.slice(0, at).find(([, before]) => before.path === path)
    // Of one disk on two cables each way has a path.
    const same = wwn === null ? undefined : all.slice(0, at).find(([, before]) => before.wwn === wwn)
    if (other) return [`disks ${other[0]} and ${name} of the layout are one: ${path}`]
    return same ? [`disks ${same[0]} and ${name} of the layout are one: WWN ${wwn}`] : []
  })

const SEEN: readonly string[] = ['held', 'not held']

export function unseenOfTarget({ target, disks }: Judged): string[] {
  if (target === null) return []
  const unknown = target.preflight.filter(({ outcome }) => !SEEN.includes(outcome))
  return [
    ...(target.preflight.length === 0 ? ['nothing of the target was judged'] : []),
    ...unknown.map(({ what, said }) => `the target: ${what}: ${said}`),
    ...(target.wiped ? unseenOfWiped(target, disks ?? {}) : []),
  ]
}

type Layout = Readonly<Record<string, string>>

const unseenOfWiped = (target: BoundTarget, layout: Layout): string[] => [
  ...(target.architecture === null ? ['the architecture of the target is not known'] : []),
  ...(target.firmware === null ? ['the firmware of the target is not known'] : []),
  ...ofDisks(target, layout),
]

/** The names of a layout are all that a wipe goes by. */
function ofDisks({ disks }: BoundTarget, layout: Layout): string[] {
  return Object.entries(layout).flatMap(([name, device]) => {
    const disk = Object.hasOwn(disks, name) ? disks[name] : undefined
    if (disk?.device !== device) return [`disk ${name}, ${device}, is not bound: it was not seen on the target`]
    return isIdentified(disk) ? [] : [`disk ${name}, ${device}, has no identity: ${NOTHING}`]
  })
}

const NOTHING = 'no serial number, no WWN, no partition table, nothing that lies on it; a verdict cannot be bound to it'

const isIdentified = ({ serial, wwn, partitionTable, content }: BoundDisk): boolean =>
  [serial, wwn, partitionTable, content].some(part => part !== null)
