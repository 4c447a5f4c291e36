import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { commandOf } from '../qemu/command-line.ts'
import type { Qmp } from '../qemu/qmp.ts'
import { IN_MEMORY, roomIn } from '../room-in-memory.ts'
import { cannotBeSaved, migrateTo, requireMigratable } from './migration.ts'
import {
  consoleFile,
  deleteSnapshot,
  diskFile,
  ramFile,
  type SnapshotAbout,
  type SnapshotDisk,
  type SnapshotFiles,
  writeAbout,
} from './snapshot-files.ts'

/** A machine to be saved. */
export interface SnapshotSource {
  readonly name: string
  readonly qmp: Qmp
  /** Folder of its QEMU: every disk that it writes to must lie there. */
  readonly dir: string
  /** What its boot has printed; asked for while it stands still. */
  readonly printed: () => string
  /** What is on the way into the machine would be lost. */
  readonly awaitsAnswer: () => boolean
}

type Known = Pick<SnapshotAbout, 'bootId' | 'secondsToReady'>

/**
 * Writes the machine's state into the folder, which is made. The machine stands still meanwhile, some tenths of a second.
 * @throws NotSupported when the machine has something that cannot be saved; EnvironmentBroken on a full disk. Nothing is left then
 */
export async function saveSnapshot(
  { name, qmp, dir, printed, awaitsAnswer }: SnapshotSource,
  folder: string,
  known: Known,
): Promise<SnapshotFiles> {
  await requireMigratable(qmp, name)
  const disks = await disksOf(qmp, { name, dir })
  await requireRoom(qmp, name, { dir, folder, disks })
  const command = commandOf(dir)
  await mkdir(join(folder, 'disks'), { recursive: true, mode: 0o700 })
  try {
    let before = ''
    try {
      await pauseVcpus(qmp, awaitsAnswer)
      before = printed()
      // It flushes the disks, too: only afterwards are their files whole.
      await migrateTo(qmp, ramFile(folder))
      for (const disk of disks) await saveDisk(disk, dir, folder)
    } finally {
      await qmp.execute('cont')
    }
    await writeFile(consoleFile(folder), before)
    return await writeAbout(folder, { format: 2, command, disks, savedAt: Date.now(), ...known })
  } catch (error) {
    await deleteSnapshot(folder)
    throw isFull(error) ? noRoom(name, folder, error) : error
  }
}

/** What is only read lies elsewhere, and stays there, where its place in the folder is a link. */
async function saveDisk({ path, readOnly }: SnapshotDisk, dir: string, folder: string): Promise<void> {
  const [disk, saved] = [join(dir, path), diskFile(folder, path)]
  if (readOnly && (await lstat(disk)).isSymbolicLink()) await symlink(await realpath(disk), saved)
  else await copyFile(disk, saved, constants.COPYFILE_FICLONE)
}

const memory = z.object({ 'base-memory': z.number() })

/** Where states are kept in memory, one that does not fit would take the memory of everything else. */
async function requireRoom(
  qmp: Qmp,
  name: string,
  { dir, folder, disks }: { readonly dir: string; readonly folder: string; readonly disks: readonly SnapshotDisk[] },
): Promise<void> {
  if (!folder.startsWith(`${IN_MEMORY}/`)) return
  const { freeMiB } = roomIn(dirname(folder))
  const { 'base-memory': bytes } = await qmp.ask(memory, 'query-memory-size-summary')
  // A link takes nothing.
  const files = await Promise.all(disks.map(({ path }) => lstat(join(dir, path))))
  const wanted = Math.ceil((bytes + files.reduce((sum, { blocks: count }) => sum + count * 512, 0)) / 2 ** 20)
  if (freeMiB < wanted + SPARE_MIB)
    throw cannotBeSaved(name, `its states are kept in memory, ${wanted} MiB of it, and ${freeMiB} MiB are free`)
}

/** For the rest of the run. */
const SPARE_MIB = 512

const POLL_INTERVAL = milliseconds(100)
/** A program that has waited that long for an answer has given up: resize(1) does after 10 s. */
const MAX_SAVE_TIME = seconds(15)

async function pauseVcpus(qmp: Qmp, awaitsAnswer: () => boolean): Promise<void> {
  const deadline = Deadline.after(MAX_SAVE_TIME)
  await qmp.execute('stop')
  while (awaitsAnswer() && !deadline.expired) {
    await qmp.execute('cont')
    await systemClock.wait(POLL_INTERVAL)
    await qmp.execute('stop')
  }
}

const blocks = z.array(
  z.object({
    device: z.string(),
    inserted: z.object({ file: z.string(), ro: z.boolean(), drv: z.string() }).optional(),
  }),
)

/** The disks that lie in the machine's own folder. @throws NotSupported for one elsewhere that it may write to */
async function disksOf(qmp: Qmp, { name, dir }: { name: string; dir: string }): Promise<SnapshotDisk[]> {
  const inserted = (await qmp.ask(blocks, 'query-block')).flatMap(block => block.inserted ?? [])
  return inserted.flatMap(({ file, ro, drv }) => {
    if (file.startsWith(`${dir}/`)) return [{ path: relative(dir, file), format: drv, readOnly: ro }]
    if (ro) return []
    throw cannotBeSaved(name, `it writes to a disk outside its own folder: ${file}`)
  })
}

const isFull = (error: unknown): boolean => error instanceof Error && /ENOSPC|No space left|EDQUOT/i.test(error.message)

const noRoom = (name: string, folder: string, cause: unknown): EnvironmentBroken =>
  new EnvironmentBroken(
    `There is no room to save the state of machine "${name}"\n${rows({
      Got: `a full disk at ${folder}`,
      Next: 'make room; a state takes as much as the memory that the machine uses',
    })}`.trimEnd(),
    { cause },
  )
