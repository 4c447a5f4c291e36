import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { placeFolder } from '../../core/files/place-folder.ts'
import { refuse } from '../../core/refusal.ts'
import type { FlakePlan } from '../plan/flake-plan.ts'
import { renderFlake } from './render.ts'

/** Left behind when a folder is copied: history, build results, what npm and nixcumber put there. */
const NOT_COPIED = new Set(['.git', '.jj', '.direnv', 'node_modules', '.nixcumber'])

/** Names a plan by its content: equal plans are the same flake. A folder started from counts by its path. */
export const fingerprint = (plan: FlakePlan): string =>
  createHash('sha256')
    .update(JSON.stringify([plan.from, renderFlake(plan)]))
    .digest('hex')
    .slice(0, 16)

/**
 * Puts the flake into a new folder below `parent`, whole or not at all, and returns the folder.
 * @throws UsageError when the folder to start from is missing, or has a file that the plan would replace
 */
export async function writeFlake(plan: FlakePlan, parent: string): Promise<string> {
  const folder = join(parent, `flake-${fingerprint(plan)}`)
  await mkdir(parent, { recursive: true })
  const draft = await mkdtemp(join(parent, '.draft-'))
  try {
    if (plan.from !== undefined) await copyStart(plan.from, draft)
    await mkdir(join(draft, 'modules'), { recursive: true })
    for (const file of renderFlake(plan)) await addFile(draft, file, plan.from)
    await placeFolder(draft, folder)
    return folder
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function copyStart(from: string, draft: string): Promise<void> {
  const isFolder = await stat(from).then(
    found => found.isDirectory(),
    () => false,
  )
  if (!isFolder)
    throw refuse({ what: `There is no folder "${from}" to start a flake from`, got: from, known: await siblings(from) })

  await cp(from, draft, { recursive: true, verbatimSymlinks: true, filter: path => isCopied(path, from) })
}

const isCopied = (path: string, from: string): boolean =>
  path === from || !(NOT_COPIED.has(basename(path)) || /^result(?:-|$)/.test(basename(path)))

const siblings = (path: string): Promise<string[]> =>
  readdir(dirname(path)).then(
    names => names.map(name => join(dirname(path), name)),
    () => [],
  )

async function addFile(
  draft: string,
  { path, text, fallback }: ReturnType<typeof renderFlake>[number],
  from: string | undefined,
): Promise<void> {
  const file = join(draft, path)
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    if (fallback) return
    throw refuse({
      what: `"${path}" is in "${from}" already`,
      next: 'give the module another path; modules merge by name',
    })
  }
}
