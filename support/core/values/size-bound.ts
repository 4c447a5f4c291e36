/** How large something must be, as a table says it: with how much it may differ. Pure. */

export interface SizeBound {
  /** Both in bytes, both still right. */
  readonly least: number
  readonly most: number
}

/** sgdisk(8) lays partitions on borders of 1 MiB, and so do others: what is asked for is made a little larger or smaller. */
const BORDER = 1024 ** 2
/** What `about` allows, of the size itself. */
const ABOUT = 0.05
const UNITS = 'KMGTP'

/**
 * Reads `512M`, `about 500G`, `at least 240G`, `at most 1G`. Units are powers of 1024 whichever of `G`, `GiB` and `GB` is written, as in a layout
 * of disko. Undefined for anything else, and for nothing.
 */
export function readSizeBound(text: string): SizeBound | undefined {
  const [, word, count, unit = ''] =
    /^(?:(about|at least|at most) )?(\d{1,6}(?:\.\d{1,3})?) ?([KMGTP])(?:i?B)?$/.exec(text) ?? []
  const bytes = Math.round(Number(count) * 1024 ** (UNITS.indexOf(unit) + 1))
  if (!(bytes > 0)) return undefined
  if (word === 'at least') return { least: bytes, most: Number.POSITIVE_INFINITY }
  if (word === 'at most') return { least: 0, most: bytes }
  const differs = word === 'about' ? bytes * ABOUT : BORDER
  return { least: bytes - differs, most: bytes + differs }
}

export const isWithin = (bytes: number, { least, most }: SizeBound): boolean => bytes >= least && bytes <= most
