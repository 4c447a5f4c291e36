/** The target that a verdict binds, held against the one that was seen now. What was not to be seen is no difference, and never equal. */
import type { HostKey } from '../../core/errors.ts'
import { formatBytes } from '../../core/text/bytes.ts'
import type { Fact } from '../../probe/fact.ts'
import { type Difference, differs } from '../difference.ts'
import type { BoundDisk, BoundTarget } from './bound-target.ts'
import type { SeenTarget } from './seen-target.ts'

export interface Compared {
  readonly differences: readonly Difference[]
  /** What could not be looked at, and why. */
  readonly unchecked: readonly string[]
}

/** Which machine it is, and what the host needs of it. */
export const ofTarget = (bound: BoundTarget, seen: SeenTarget): Compared =>
  together([ofIdentity(bound, seen), ofPreflight(seen)])

const together = (parts: readonly Compared[]): Compared => ({
  differences: parts.flatMap(part => part.differences),
  unchecked: parts.flatMap(part => part.unchecked),
})

export const ofIdentity = (bound: BoundTarget, seen: SeenTarget): Compared =>
  together([
    ofHostKey(bound.hostKey, seen.hostKey),
    ofFact('UUID of the target', seen.uuid, uuid => differs('UUID of the target', bound.uuid, uuid)),
    ofFact('architecture of the target', seen.architecture, now =>
      differs('architecture of the target', bound.architecture, now),
    ),
    ofFact('firmware of the target', seen.firmware, now => differs('firmware of the target', bound.firmware, now)),
    ofFact('disks of the target', seen.disks, now => ofDisks(bound.disks, now)),
  ])

const ofFact = <T>(what: string, fact: Fact<T>, compare: (value: T) => Difference[]): Compared =>
  'unknown' in fact
    ? { differences: [], unchecked: [`${what}: ${fact.unknown}`] }
    : { differences: compare(fact.is), unchecked: [] }

/** A host has a key of each type: those of two types say nothing of each other. */
function ofHostKey(bound: BoundTarget['hostKey'], now: BoundTarget['hostKey']): Compared {
  if (bound.type === now.type)
    return { differences: differs('host key of the target', bound.fingerprint, now.fingerprint), unchecked: [] }
  const why = `it showed ${shownKey(now)}, and the verdict has ${shownKey(bound)}`
  return { differences: [], unchecked: [`host key of the target: ${why}`] }
}

/** Of a target that was not entered, for it shows a key that is not the known one. */
export const ofOtherKey = ({ hostKey }: BoundTarget, shown: HostKey | undefined): Difference[] =>
  shown === undefined ? [] : [...ofHostKey(hostKey, shown).differences]

const shownKey = ({ type, fingerprint }: BoundTarget['hostKey']): string => `${fingerprint} (${type})`

type Disks = Readonly<Record<string, BoundDisk>>

function ofDisks(bound: Disks, now: Disks): Difference[] {
  return [...new Set([...Object.keys(bound), ...Object.keys(now)])].toSorted().flatMap(name => {
    const [before, after] = [ownOf(bound, name), ownOf(now, name)]
    if (before && after) return ofDisk(name, before, after)
    return differs(`disk ${name} of the target`, shownDisk(before), shownDisk(after))
  })
}

const ownOf = (disks: Disks, name: string): BoundDisk | undefined =>
  Object.hasOwn(disks, name) ? disks[name] : undefined

const shownDisk = (disk: BoundDisk | undefined): string | null => (disk ? `${disk.device} (${disk.path})` : null)

/** Which disk has a name at which its kernel numbers them is another at each boot: it is not compared. */
const ofDisk = (name: string, before: BoundDisk, after: BoundDisk): Difference[] => [
  ...differs(`device of disk ${name}`, before.device, after.device),
  ...differs(`serial number of disk ${name}`, before.serial, after.serial),
  ...differs(`WWN of disk ${name}`, before.wwn, after.wwn),
  ...differs(`size of disk ${name}`, shownSize(before), shownSize(after)),
  ...differs(`partition table of disk ${name}`, before.partitionTable, after.partitionTable),
  ...differs(`what lies on disk ${name} without a partition table`, before.content, after.content),
]

const shownSize = ({ size }: BoundDisk): string => `${size} bytes (${formatBytes(size)})`

/** Whatever the host needs of it must still be so. */
const ofPreflight = ({ preflight }: SeenTarget): Compared => ({
  differences: preflight
    .filter(({ outcome }) => outcome === 'not held')
    .map(({ what, said }) => ({ what: `target: ${what}`, expected: 'held', found: said })),
  unchecked: preflight
    .filter(({ outcome }) => outcome === 'unknown')
    .map(({ what, said }) => `target: ${what}: ${said}`),
})
