/** How large a disk is, as disks are sold. */
import { refuse } from '../../core/refusal.ts'

export interface DiskSize {
  readonly bytes: number
  /** As it was written. */
  readonly text: string
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 },
}

/** `240 GB`, `1.9TB`, `512 GiB`. @throws UsageError for anything else */
export function readDiskSize(text: string): DiskSize {
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? []
  const bytes = Math.round(Number(count) * (UNITS[unit] ?? Number.NaN))
  if (bytes > 0) return { bytes, text }
  throw refuse({
    what: `"${text}" is no size of a disk`,
    expected: 'a number and a unit, such as 240 GB, 1.9 TB, 512 GiB',
    got: unit || text,
    known: Object.keys(UNITS),
  })
}
