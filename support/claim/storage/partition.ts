/** What a row of "these partitions exist" means. */
import { formatBytes } from '../../core/text/bytes.ts'
import { partitionType } from '../../core/values/partition-type.ts'
import { isWithin, type SizeBound } from '../../core/values/size-bound.ts'
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import type { Partition, PartitionContent, PartitionFacts } from '../../probe/storage/partition.ts'

/** What is left out is not compared. */
export interface WantedPartition {
  /** By any of its names: `/dev/disk/by-id/…`. */
  readonly disk?: string
  /** Its number, its name in a GPT, the kernel's, or a path of it. */
  readonly partition?: string
  readonly type?: string
  readonly size?: { readonly text: string; readonly bound: SizeBound }
  readonly fileSystem?: string
  readonly label?: string
}

/** That one partition at least is all of it; two rows may mean the same. */
export const partitionExists = (wanted: WantedPartition): Expectation<PartitionFacts> =>
  claim({
    wanted: 'as in the table',
    missed: 'was not as in the table',
    unknown: facts => (meets(facts, wanted) ? undefined : couldMeet(facts, wanted)),
    holds: facts => meets(facts, wanted),
    seen: facts => (meets(facts, wanted) ? 'there' : inWords(facts, wanted)),
  })

const meets = (facts: PartitionFacts, wanted: WantedPartition): boolean =>
  facts.partitions.some(
    each => whyUnknown(asked(each, wanted)) === undefined && differences(facts, each, wanted).length === 0,
  )

/** Why it cannot be told of one that could be the one that is meant. */
const couldMeet = (facts: PartitionFacts, wanted: WantedPartition): string | undefined =>
  facts.partitions
    .filter(each => differences(facts, each, wanted).length === 0)
    .map(each => whyUnknown(asked(each, wanted)))
    .find(why => why !== undefined)

/** What must be known of a partition, as far as that is more than the kernel says. */
const asked = (partition: Partition, wanted: WantedPartition): Partition['content'] | undefined =>
  isNamedByContent(partition, wanted) || CONTENT.some(([key]) => wanted[key] !== undefined)
    ? partition.content
    : undefined

const isNamedByContent = (partition: Partition, { partition: name }: WantedPartition): boolean =>
  name !== undefined && !name.startsWith('/') && !/^\d+$/.test(name) && name !== partition.name

/** Cells that are compared with what blkid says, and its word for each. */
const CONTENT = [
  ['type', ({ type }: PartitionContent) => partitionType(type) ?? type],
  ['fileSystem', ({ fileSystem }: PartitionContent) => fileSystem || NONE],
  ['label', ({ label }: PartitionContent) => label],
] as const
const COLUMN = { type: 'type', fileSystem: 'file system', label: 'label' } as const
/** Of a partition in which nothing was found. */
const NONE = 'none'

/** What is known to be otherwise. */
function differences(facts: PartitionFacts, partition: Partition, wanted: WantedPartition): string[] {
  if (!isOnDisk(facts, partition, wanted)) return [`on ${partition.disk}`]
  if (isOther(facts, partition, wanted)) return ['another partition']
  const content = known(partition.content)
  return [
    ...(wanted.size === undefined || isWithin(partition.bytes, wanted.size.bound)
      ? []
      : [`size ${sizeInWords(partition.bytes)} instead of ${wanted.size.text}`]),
    ...CONTENT.flatMap(([key, of]) => {
      const word = content && of(content)
      return wanted[key] === undefined || word === undefined || word === wanted[key]
        ? []
        : [`${COLUMN[key]} ${word || 'empty'} instead of ${wanted[key]}`]
    }),
  ]
}

/** To the byte, too: two sizes of one rounded word may differ. */
const sizeInWords = (bytes: number): string => `${formatBytes(bytes)} (${bytes} bytes)`

const nameOf = (facts: PartitionFacts, path: string): string =>
  (facts.links.get(path) ?? path).replace(/^\/dev\//, '').replaceAll('/', '!')

const isOnDisk = (facts: PartitionFacts, { disk }: Partition, { disk: wanted }: WantedPartition): boolean =>
  wanted === undefined || nameOf(facts, wanted) === disk

/** Surely not the one of that name: one whose content is unknown may be. */
function isOther(facts: PartitionFacts, partition: Partition, wanted: WantedPartition): boolean {
  const { partition: name } = wanted
  if (name === undefined) return false
  if (name.startsWith('/')) return nameOf(facts, name) !== partition.name
  if (/^\d+$/.test(name)) return Number(name) !== partition.number
  const content = known(partition.content)
  return isNamedByContent(partition, wanted) && content !== undefined && content.partitionName !== name
}

function inWords(facts: PartitionFacts, wanted: WantedPartition): string {
  const { disk } = wanted
  if (disk !== undefined && !facts.disks.some(({ name }) => name === nameOf(facts, disk)))
    return `there is no disk ${disk}; there is ${facts.disks.map(shortDisk).join(', ') || 'none'}`
  const near = facts.partitions.filter(each => isOnDisk(facts, each, wanted) && !isOther(facts, each, wanted))
  if (near.length === 1) return near.flatMap(each => differences(facts, each, wanted)).join('; ')
  const there = (near.length > 0 ? near : facts.partitions.filter(each => isOnDisk(facts, each, wanted))).map(short)
  return `no such partition; there is ${there.join(', ') || 'none'}`
}

const shortDisk = ({ name, bytes }: PartitionFacts['disks'][number]): string => `${name} (${formatBytes(bytes)})`

function short({ name, bytes, content }: Partition): string {
  const is = known(content)
  const words = is ? [is.partitionName, partitionType(is.type) ?? is.type, is.fileSystem, is.label] : ['unknown']
  return `${name} (${[...words, formatBytes(bytes)].filter(word => word !== '').join(' ')})`
}
