import { access, mkdir, mkdtemp, readdir, rename, rm, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import { lock } from '../../core/files/file-lock.ts'
import type { Progress, ProgressTask } from '../../core/progress.ts'
import { rows } from '../../core/text/text.ts'

export interface Recipe {
  /** For progress and messages: `the toolbox`. */
  readonly what: string
  /** Free space the work needs, all temporary files included. */
  readonly needsBytes: number
  /** Ends the wait for another run. */
  readonly signal?: AbortSignal | undefined
  /** Fills an empty folder; on the same file system as the final place. */
  build(folder: string, task: ProgressTask): Promise<void>
}

/**
 * The folder with what the recipe makes: made at most once, by one process at a time, and visible under its name only when complete.
 * What a killed run left half done lies beside it under another name and is swept by the next.
 */
export async function buildOnce(folder: string, recipe: Recipe, progress: Progress): Promise<string> {
  if (await exists(folder)) return folder
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  const task = progress.start(`making ${recipe.what} (once)`)
  const onWait = (): void => task.update('another run is making it, waiting')
  await using _held = await lock(`${folder}.lock`, onWait, recipe.signal)
  if (await exists(folder)) {
    task.done('made by another run')
    return folder
  }
  const prefix = `.making-${basename(folder)}-`
  await sweep(parent, prefix)
  await requireSpace(parent, recipe)
  const temporary = await mkdtemp(join(parent, prefix))
  try {
    await recipe.build(temporary, task)
    await rename(temporary, folder)
  } catch (cause) {
    task.done('failed')
    await rm(temporary, { recursive: true, force: true })
    throw isOutOfSpace(cause) ? outOfSpace(parent, recipe, cause) : cause
  }
  task.done()
  return folder
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function sweep(parent: string, prefix: string): Promise<void> {
  const left = (await readdir(parent)).filter(name => name.startsWith(prefix))
  await Promise.all(left.map(name => rm(join(parent, name), { recursive: true, force: true })))
}

async function requireSpace(parent: string, recipe: Recipe): Promise<void> {
  const { bavail, bsize } = await statfs(parent)
  if (bavail * bsize < recipe.needsBytes) throw outOfSpace(parent, recipe, undefined)
}

/** Told by this process, or by a program that it has started. */
const isOutOfSpace = (cause: unknown): boolean =>
  cause instanceof Error &&
  (('code' in cause && cause.code === 'ENOSPC') || /No space left on device/.test(cause.message))

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`

const outOfSpace = (parent: string, recipe: Recipe, cause: unknown): EnvironmentBroken =>
  new EnvironmentBroken(
    `No room to make ${recipe.what}\n${rows({
      Needs: `${megabytes(recipe.needsBytes)} free in ${parent}`,
      Next: 'make room, or point XDG_CACHE_HOME to a larger disk',
    })}`.trimEnd(),
    { cause },
  )
