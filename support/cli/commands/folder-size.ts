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

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}
