/** A layout as the rows of a table: one for everything that is made. Pure. */
import { encryption, isDatasetEncrypted, memberOf, spread } from './encryption.ts'
import type { Content, Layout } from './layout.ts'

/** `disk` is what disko calls the disk, array, volume group or pool; empty cells say that there is no such thing. */
export const COLUMNS = [
  'disk',
  'device',
  'partition',
  'type',
  'size',
  'file system',
  'mount point',
  'encrypted',
] as const
export type Column = (typeof COLUMNS)[number]
export type LayoutRow = Readonly<Record<Column, string>>

/** Where in a layout something lies, as far as it is known from above. */
interface Place {
  readonly disk: string
  readonly device: string
  readonly partition: string
  readonly type: string
  readonly size: string
  readonly isSealed: boolean
}

export interface LayoutTable {
  readonly rows: readonly LayoutRow[]
  /** What of the layout could not be read, in words. */
  readonly unread: readonly string[]
}

export function layoutTable(layout: Layout): LayoutTable {
  const sealed = encryption(layout)
  const rows = [
    ...layout.disks.flatMap(({ name, device, content }) => rowsIn(content, at(name, false, device))),
    ...layout.arrays.flatMap(({ name, content }) =>
      rowsIn(content, at(name, sealed(spread.array(name)), `/dev/md/${name}`)),
    ),
    ...layout.groups.flatMap(group => groupRows(group, sealed(spread.group(group.name)))),
    ...layout.pools.flatMap(pool => poolRows(pool, sealed(spread.pool(pool.name)))),
    ...layout.unbacked.map(({ fileSystem, mountPoint }) => row(at('', false), fileSystem, mountPoint)),
  ]
  return { rows, unread: [...layout.strange, ...new Set(strangeIn(layout))] }
}

const at = (disk: string, isSealed: boolean, device = ''): Place => ({
  ...{ disk, device, partition: '', type: '', size: '', isSealed },
})

const row = (place: Place, fileSystem: string, mountPoint: string | null, isSealed = place.isSealed): LayoutRow => ({
  disk: place.disk,
  device: place.device,
  partition: place.partition,
  type: place.type,
  size: place.size,
  'file system': fileSystem,
  'mount point': mountPoint ?? '',
  encrypted: isSealed ? 'yes' : 'no',
})

function rowsIn(content: Content, place: Place): LayoutRow[] {
  if (content === null) return [row(place, '', null)]
  if ('strange' in content) return [row(place, content.type, null)]
  switch (content.type) {
    case 'gpt':
    case 'table':
      return content.partitions.flatMap(({ content, name, type, size }) =>
        rowsIn(content, { ...place, partition: name ?? '', type, size }),
      )
    case 'filesystem':
      return [row(place, content.format, content.mountPoint)]
    case 'btrfs':
      return btrfsRows(content, place)
    case 'swap':
      return [row(place, 'swap', null, place.isSealed || content.randomKey)]
    case 'luks':
      return rowsIn(content.content, { ...place, isSealed: true })
    default:
      return [row(place, memberOf(content) ?? '', null)]
  }
}

/** One for each mount; one where nothing of it is mounted. */
function btrfsRows(btrfs: Extract<Content, { type: 'btrfs' }>, place: Place): LayoutRow[] {
  const mounted = [btrfs.mountPoint, ...btrfs.subvolumes.map(({ mountPoint }) => mountPoint)].filter(
    point => point !== null,
  )
  const rows = (mounted.length > 0 ? mounted : [null]).map(point => row(place, 'btrfs', point))
  return btrfs.swapFiles.length > 0 ? [...rows, row(place, 'swap', null)] : rows
}

const groupRows = ({ name, volumes }: Layout['groups'][number], isSealed: boolean): LayoutRow[] =>
  volumes.flatMap(({ name: partition, size, content }) =>
    rowsIn(content, { ...at(name, isSealed, `/dev/${name}/${partition}`), partition, size }),
  )

function poolRows(pool: Layout['pools'][number], isSealed: boolean): LayoutRow[] {
  const place = (partition: string, encrypted: boolean): Place => ({
    ...at(pool.name, isSealed || encrypted),
    partition,
  })
  // disko itself adds `__root`, the dataset that is the pool.
  const own = pool.datasets.some(({ name }) => name === '__root')
    ? []
    : [row(place('', hasCipher(pool)), 'zfs', pool.mountPoint)]
  return [
    ...own,
    ...pool.datasets.flatMap(({ name, type, mountPoint, content }) => {
      const isRoot = name === '__root'
      const where = place(isRoot ? '' : name, isDatasetEncrypted(name, pool))
      return type === 'zfs_volume' ? rowsIn(content, where) : [row(where, 'zfs', mountPoint)]
    }),
  ]
}

const hasCipher = ({ cipher }: Layout['pools'][number]): boolean => cipher !== null && cipher !== 'off'

const strangeIn = ({ disks, arrays, groups, pools }: Layout): string[] =>
  [
    ...disks,
    ...arrays,
    ...groups.flatMap(({ volumes }) => volumes),
    ...pools.flatMap(({ datasets }) => datasets),
  ].flatMap(({ content }) => strangeContent(content))

function strangeContent(content: Content): string[] {
  if (content === null) return []
  if ('strange' in content) return [content.type]
  if ('partitions' in content) return content.partitions.flatMap(({ content }) => strangeContent(content))
  return 'content' in content ? strangeContent(content.content) : []
}
