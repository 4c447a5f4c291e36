/** Words of sentences about storage, read before anything is asked. */
import type { WantedMount } from '../../claim/storage/mounted.ts'
import { refuse } from '../../core/refusal.ts'
import { readTable } from './table.ts'
import { readPath } from './words.ts'

/** @throws UsageError for a wrong table, or a mount point that is no absolute path */
export function readMounts(cells: readonly (readonly string[])[]): readonly WantedMount[] {
  const rows = readTable(cells, { of: 'file systems', columns: ['mount point', 'type', 'source', 'options'] })
  return rows.map(row => ({
    point: readPath(row['mount point'] ?? ''),
    ...(row.type === undefined ? {} : { type: row.type }),
    ...(row.source === undefined ? {} : { source: row.source }),
    options: words(row.options ?? ''),
  }))
}

const words = (cell: string): string[] =>
  cell
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')

/** The path of a subvolume in its file system, as btrfs lists it: with or without a slash before it. @throws UsageError for none */
export function readSubvolume(text: string): string {
  if (text.trim() === '')
    throw refuse({ what: 'The subvolume has no name', expected: 'its path in the file system: "/nix" or "@nix"' })
  return text.startsWith('/') ? text : `/${text}`
}

/** @throws UsageError for a name with a slash, and for numbers that no array can have */
export function readArray(name: string, present: number, all: number): string {
  if (name === '' || name.includes('/'))
    throw refuse({ what: `"${name}" is no name of an array`, expected: 'mdadm\'s or the kernel\'s: "raid1", "md127"' })
  if (present > all || all < 1)
    throw refuse({ what: `No array has ${present} of ${all} disks`, expected: 'no more disks than there are: 2 of 2' })
  return name
}
