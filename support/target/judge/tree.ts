/** Disks and what stands on them. */
import type { BlockDevice } from '../facts/disks.ts'

export const below = (device: BlockDevice): BlockDevice[] => device.children.flatMap(child => [child, ...below(child)])
export const devicesOf = (disk: BlockDevice): BlockDevice[] => [disk, ...below(disk)]
export const isOne = (disks: readonly BlockDevice[], disk: BlockDevice): boolean =>
  disks.some(({ path }) => path === disk.path)

export const TAKE_OFF =
  'take it off the other disks first, or name them in the layout: what hangs on a disk that is wiped is destroyed as a whole'
