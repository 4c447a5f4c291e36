/** The folder that was asked for by `--out`: nothing foreign in it is overwritten, and only one run at a time writes to it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { tryLock } from '../../core/files/file-lock.ts'
import { refuse } from '../../core/refusal.ts'
import { makeFolder, unwritable } from '../write-file.ts'

/**
 * Makes the folder and holds it until disposed.
 * @throws UsageError for a folder with foreign files, and for one that another run writes to; EnvironmentBroken where none can be made
 */
export async function holdOutFolder(folder: string): Promise<AsyncDisposable> {
  refuseForeign(folder)
  try {
    makeFolder(folder)
  } catch (error) {
    throw unwritable(folder, error)
  }
  const held = await tryLock(folder)
  if (held) return held
  throw refuse({
    what: `Another run is writing to ${folder}`,
    expected: 'a folder for each run: two in one would leave one record of both',
    next: 'choose another place by --out, or wait until it has ended',
  })
}

/** Of a run in the same place files are removed and written anew: it must be a run. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return
  const names = statSync(folder).isDirectory() ? readdirSync(folder) : ['a file, no folder']
  if (names.length === 0 || isRun(folder)) return
  throw refuse({
    what: `${folder} is no run of nixcumber's, and not empty`,
    expected: 'a new or empty folder, or an earlier run, which is replaced',
    got: names.slice(0, 5).join(', '),
    next: 'choose another place by --out',
  })
}

/** A run whose record is damaged has its messages beside it. */
function isRun(folder: string): boolean {
  try {
    const { tool } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { tool?: { name?: unknown } }
    return tool?.name === 'nixcumber'
  } catch {
    return ['run.json', 'messages.ndjson'].every(name => existsSync(join(folder, name)))
  }
}
