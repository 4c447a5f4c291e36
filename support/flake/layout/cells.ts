/** Cells that say the same in other words. Pure. */
import { samePartitionType } from '../../core/values/partition-type.ts'
import type { Column } from './layout-rows.ts'

const UNITS = 'KMGTP'

/** What two cells of a column are compared by. */
export function sameWord(column: Column, cell: string): string {
  if (column === 'type') return samePartitionType(cell)
  return column === 'size' ? inKibibytes(cell) : cell
}

/** sgdisk and lvcreate count in powers of 1024, whichever of `G`, `GiB` and `GB` is written. */
function inKibibytes(size: string): string {
  const [, count, unit] = /^(\d+) ?([KMGTP])(?:i?B)?$/.exec(size) ?? []
  if (count === undefined || unit === undefined) return size
  return `${BigInt(count) * 1024n ** BigInt(UNITS.indexOf(unit))} KiB`
}
