/** Cells that say the same in other words. Pure. */
import type { Column } from './layout-rows.ts'

/** Types of GPT partitions that sgdisk has a short code for (`sgdisk -L`; UEFI, discoverable partitions specification). */
const CODES: Readonly<Record<string, string>> = {
  'c12a7328-f81f-11d2-ba4b-00a0c93ec93b': 'EF00',
  '21686148-6449-6e6f-744e-656564454649': 'EF02',
  '0fc63daf-8483-4772-8e79-3d69d8477de4': '8300',
  '0657fd6d-a4ab-43c4-84e5-0933c84b4f4f': '8200',
  '4f68bce3-e8cd-4db1-96e7-fbcaf984b709': '8304',
  'ca7d7ccb-63ed-4c53-861c-1742536059cc': '8309',
  'e6d6d379-f507-44c2-a23c-238f2a3df928': '8E00',
  'a19d880f-05fc-4d3b-a006-743f0f84911e': 'FD00',
}
const UNITS = 'KMGTP'

/** What two cells of a column are compared by. */
export function sameWord(column: Column, cell: string): string {
  if (column === 'type') return CODES[cell.toLowerCase()] ?? cell.toUpperCase()
  return column === 'size' ? inKibibytes(cell) : cell
}

/** sgdisk and lvcreate count in powers of 1024, whichever of `G`, `GiB` and `GB` is written. */
function inKibibytes(size: string): string {
  const [, count, unit] = /^(\d+) ?([KMGTP])(?:i?B)?$/.exec(size) ?? []
  if (count === undefined || unit === undefined) return size
  return `${BigInt(count) * 1024n ** BigInt(UNITS.indexOf(unit))} KiB`
}
