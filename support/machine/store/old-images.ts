/** Which images of stores stay: each change of a host makes another one, of a gigabyte or two. */
import { randomUUID } from 'node:crypto'
import { readdir, readlink, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { minutes } from '../../core/time/duration.ts'
import { runtimeDirs } from '../runtime/runtime-dir.ts'

export const storesOf = (cache: string): string => join(cache, 'stores')

/** How the image is called, in the cache and in the folder of each QEMU. */
export const IMAGE = 'store.erofs'

/** As long as a machine is kept for other runs. */
const MAX_AGE = minutes(24 * 60)
/** What was used so recently may just be put to use. */
const RECENT = minutes(60)
/** Of those that were used within a day. */
const KEPT = 4

interface Entry {
  readonly path: string
  readonly usedAt: number
}

/** Folders that can go: no living run has them, and they are old, or many newer ones are there; and what a killed run has left half made. */
export async function oldImages(cache: string, now = Date.now()): Promise<string[]> {
  const all = await entriesOf(storesOf(cache))
  const idle = all.filter(({ usedAt }) => now - usedAt > RECENT.ms)
  const halves = idle.filter(({ path }) => isHalf(path))
  const whole = all.filter(({ path }) => !isHalf(path)).toSorted((a, b) => b.usedAt - a.usedAt)
  const inUse = new Set(await linkedByRuns())
  const old = whole.filter(
    ({ path, usedAt }, newer) =>
      now - usedAt > RECENT.ms && (now - usedAt > MAX_AGE.ms || newer >= KEPT) && !inUse.has(path),
  )
  return [...halves, ...old].map(({ path }) => path)
}

export const removeOldImages = async (cache: string): Promise<void> => removeImages(await oldImages(cache))

/** Each loses its name before it loses anything else. */
export async function removeImages(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const nameless = join(dirname(folder), `.old-${randomUUID()}`)
    // Another run may remove it at the same time.
    await rename(folder, nameless).catch(() => {})
    await rm(nameless, { recursive: true, force: true })
  }
}

const isHalf = (path: string): boolean => basename(path).startsWith('.')

async function entriesOf(stores: string): Promise<Entry[]> {
  const names = await readdir(stores).catch(() => [])
  const found = names
    .filter(name => !name.endsWith('.lock'))
    .map(async name => {
      const path = join(stores, name)
      const seen = await stat(path).catch(() => undefined)
      return seen?.isDirectory() ? [{ path, usedAt: seen.mtimeMs }] : []
    })
  return (await Promise.all(found)).flat()
}

/** A link to its image lies in the folder of each QEMU of a run, and in each state that it has saved. */
async function linkedByRuns(): Promise<string[]> {
  const links = await Promise.all(runtimeDirs().map(linksIn))
  return links.flat().map(dirname)
}

async function linksIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const links = all.filter(entry => entry.isSymbolicLink() && entry.name === IMAGE)
  const targets = links.map(entry => readlink(join(entry.parentPath, entry.name)).catch(() => ''))
  return Promise.all(targets)
}
