/** How large a disk must be for what a layout makes on it: sgdisk ends the script where it has no room, when the disk is wiped already. Pure. */
import type { Content } from '../../flake/layout/layout.ts'

/** sgdisk(8), `--new`: powers of 1024; without a letter they are sectors, of 512 bytes at least. */
const UNITS: Readonly<Record<string, number>> = { '': 512, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40, P: 2 ** 50 }

/** Bytes of all partitions that have a size; one at the least. What takes a share, or lies between two places, is not counted. */
export function leastSize(content: Content): number {
  if (content === null || !('partitions' in content)) return 1
  return content.partitions.reduce((sum, { size }) => sum + bytesOf(size), 1)
}

function bytesOf(size: string): number {
  const [, count, unit = ''] = /^(\d+)([KMGTP]?)$/.exec(size) ?? []
  return count === undefined ? 0 : Number(count) * (UNITS[unit] ?? 0)
}
