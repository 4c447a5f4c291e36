/**
 * `nixcumber clean`: removes what a power cut left behind, recorded runs and images of stores that are too old to be kept, and with --cache
 * what can be made again. Never touches a living run.
 */
import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import { refuse } from '../../core/refusal.ts'
import { formatBytes } from '../../core/text/bytes.ts'
import { plural } from '../../core/text/text.ts'
import { leftDirs, runtimeDirs, sweep } from '../../machine/runtime/runtime-dir.ts'
import { oldImages, removeImages } from '../../machine/store/old-images.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { prunableRuns, pruneRuns } from '../../record/history/prune-runs.ts'
import { listRuns } from '../../record/history/runs.ts'
import { keptRuns, runsOf } from '../../runner/prune.ts'
import type { Given } from '../registry.ts'
import { folderBytes } from './folder-size.ts'

export async function clean({ options }: Given): Promise<number> {
  const dryRun = options.dryRun === true
  const left = new Map(leftDirs().map(path => [path, folderBytes(path)]))
  const swept = dryRun ? [...left.keys()] : sweep()
  const bytes = swept.reduce((sum, path) => sum + (left.get(path) ?? 0), 0)
  console.log(
    swept.length === 0
      ? 'No run left anything behind.'
      : `${removed(dryRun)} ${plural(swept.length, 'left run')}: ${formatBytes(bytes)}`,
  )
  const living = runtimeDirs().filter(path => !swept.includes(path))
  if (living.length > 0) console.log(`Left alone, because their runs go on: ${living.join(', ')}`)
  await cleanRuns(dryRun)
  if (!options.cache) await cleanImages(dryRun)
  return options.cache ? cleanCache(living, dryRun) : tellCache()
}

const removed = (dryRun: boolean): string => (dryRun ? 'Would remove' : 'Removed')

/** Says which by name: they are the user's history. */
async function cleanRuns(dryRun: boolean): Promise<void> {
  const { projectDir, config } = await loadConfig(process.cwd())
  const runs = runsOf(projectDir)
  const keep = keptRuns(config)
  const old = keep ? prunableRuns(runs, keep) : []
  const bytes = old.reduce((sum, { folder }) => sum + folderBytes(folder), 0)
  const gone = keep && !dryRun ? pruneRuns(runs, keep) : old
  const staying = listRuns(runs).length - (dryRun ? gone.length : 0)
  if (gone.length > 0)
    console.log(
      `${removed(dryRun)} ${plural(gone.length, 'recorded run')} older than ${plural(keep?.days ?? 0, 'day')}: ${formatBytes(bytes)}`,
    )
  for (const { folder } of gone) console.log(`  ${folder}`)
  if (staying > 0) console.log(`${plural(staying, 'recorded run')} kept in ${runs}`)
}

/** Machines' stores that no run has used for long. */
async function cleanImages(dryRun: boolean): Promise<void> {
  const old = await oldImages(cacheFolder())
  if (old.length === 0) return
  const bytes = old.reduce((sum, folder) => sum + folderBytes(folder), 0)
  if (!dryRun) await removeImages(old)
  console.log(
    `${removed(dryRun)} ${plural(old.length, 'store image')} that no run uses any more: ${formatBytes(bytes)}`,
  )
}

async function cleanCache(living: readonly string[], dryRun: boolean): Promise<number> {
  if (living.length > 0)
    throw refuse({
      what: 'The cache is in use',
      got: living.join(', '),
      next: 'end these runs, then: nixcumber clean --cache',
    })
  const folder = cacheFolder()
  for (const path of parts(folder)) {
    const size = formatBytes(folderBytes(path))
    if (!dryRun) await remove(path)
    console.log(`${removed(dryRun)} ${path}: ${size}`)
  }
  return 0
}

function tellCache(): number {
  const folder = cacheFolder()
  if (existsSync(folder))
    console.log(`The cache holds ${formatBytes(folderBytes(folder))} in ${folder}; --cache removes it.`)
  return 0
}

const parts = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []

async function remove(path: string): Promise<void> {
  // The store's folders are read-only, on purpose.
  await makeWritable(path)
  await rm(path, { recursive: true, force: true })
}

async function makeWritable(path: string): Promise<void> {
  if (process.getuid?.() === 0) return
  const { execFile } = await import('node:child_process')
  await new Promise<void>(resolve => execFile('chmod', ['-R', 'u+w', path], () => resolve()))
}
