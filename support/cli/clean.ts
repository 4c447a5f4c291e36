/** `nixcumber clean`: removes what a power cut left behind, and with --cache what can be made again. Never touches a living run. */
import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '../core/refusal.ts'
import { plural } from '../core/text.ts'
import { stateDirs, sweep } from '../machine/state-dir.ts'
import { cacheFolder } from '../nix/cache-folder.ts'
import type { Given } from './commands.ts'
import { folderBytes, formatBytes } from './folder-size.ts'

export async function clean({ options }: Given): Promise<number> {
  const before = new Map(stateDirs().map(path => [path, folderBytes(path)]))
  const swept = sweep()
  const bytes = swept.reduce((sum, path) => sum + (before.get(path) ?? 0), 0)
  console.log(
    swept.length === 0
      ? 'No run left anything behind.'
      : `Removed ${plural(swept.length, 'left run')}: ${formatBytes(bytes)}`,
  )
  const living = stateDirs()
  if (living.length > 0) console.log(`Left alone, because their runs go on: ${living.join(', ')}`)
  return options.cache ? cleanCache(living) : tellCache()
}

async function cleanCache(living: readonly string[]): Promise<number> {
  if (living.length > 0)
    throw refuse({
      what: 'The cache is in use',
      got: living.join(', '),
      next: 'end these runs, then: nixcumber clean --cache',
    })
  const folder = cacheFolder()
  for (const path of parts(folder)) {
    const size = formatBytes(folderBytes(path))
    // The store's folders are read-only, on purpose.
    await makeWritable(path)
    await rm(path, { recursive: true, force: true })
    console.log(`Removed ${path}: ${size}`)
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

async function makeWritable(path: string): Promise<void> {
  if (process.getuid?.() === 0) return
  const { execFile } = await import('node:child_process')
  await new Promise<void>(resolve => execFile('chmod', ['-R', 'u+w', path], () => resolve()))
}
