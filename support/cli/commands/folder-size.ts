/** How much a folder holds on disk, links not followed, files with several names counted once. */
import { lstatSync, readdirSync, type Stats } from 'node:fs'
import { join } from 'node:path'

export function folderBytes(path: string, seen = new Set<number>()): number {
  const stats = quietly(() => lstatSync(path))
  if (!stats || seen.has(stats.ino)) return 0
  seen.add(stats.ino)
  const inside = stats.isDirectory() ? (quietly(() => readdirSync(path)) ?? []) : []
  return onDisk(stats) + inside.reduce((sum, name) => sum + folderBytes(join(path, name), seen), 0)
}

/** A sparse disk image holds less than its length. */
const onDisk = ({ blocks }: Stats): number => blocks * 512

/** It may be removed in the meantime. */
function quietly<Value>(look: () => Value): Value | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
