import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const disk = z.object({
  /** Below the folder of the QEMU that had it. */
  path: z.string(),
  format: z.string(),
  readOnly: z.boolean(),
})

const about = z.object({
  format: z.literal(2),
  command: z.object({ argv: z.tuple([z.string()], z.string()).readonly(), env: z.record(z.string(), z.string()) }),
  disks: z.array(disk),
  /** Of the boot it was saved in: a resumed machine must show the same. */
  bootId: z.string(),
  /** How long that boot took; a resumed machine's budgets go by it. */
  secondsToReady: z.number(),
  /** Milliseconds since 1970. */
  savedAt: z.number(),
})

export type SnapshotDisk = z.infer<typeof disk>
export type SnapshotAbout = z.infer<typeof about>

/**
 * A machine's whole state in a folder: `ram` (memory and devices, as QEMU's migration writes them), `disks/` (as they were, never
 * written to again), `console.log` (what its boot had printed), `about.json`, which is written last.
 */
export interface SnapshotFiles {
  readonly folder: string
  readonly about: SnapshotAbout
}

export const ramFile = (folder: string): string => join(folder, 'ram')
export const diskFile = (folder: string, path: string): string => join(folder, 'disks', path.replaceAll('/', '%'))
export const consoleFile = (folder: string): string => join(folder, 'console.log')

export async function writeAbout(folder: string, known: SnapshotAbout): Promise<SnapshotFiles> {
  const file = join(folder, 'about.json')
  await writeFile(`${file}.new`, JSON.stringify(known))
  await rename(`${file}.new`, file)
  return { folder, about: known }
}

/** Undefined when there is none, or none that this version can read. */
export async function readSnapshot(folder: string): Promise<SnapshotFiles | undefined> {
  try {
    const known = about.parse(JSON.parse(await readFile(join(folder, 'about.json'), 'utf8')))
    for (const file of [ramFile(folder), ...known.disks.map(({ path }) => diskFile(folder, path))]) await stat(file)
    return { folder, about: known }
  } catch {
    return undefined
  }
}

export const deleteSnapshot = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
