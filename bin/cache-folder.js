/** Where JavaScript is kept that is run as it lies there: in folders that their user alone can write to. */
import { lstatSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Calls `load` while tsx finds its cache in `$XDG_CACHE_HOME/nixcumber/tsx`, mode 0700. By itself it takes /tmp/tsx-UID, and the first to make that
 * folder has code run by the user of that UID. Where there is no such folder to be had, nothing is kept.
 */
export async function withOwnCache(load) {
  const { TMPDIR } = process.env
  const folder = ownFolder('tsx')
  if (folder === undefined) process.env.TSX_DISABLE_CACHE = '1'
  else process.env.TMPDIR = folder
  try {
    return await load()
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}

/** `$XDG_CACHE_HOME/nixcumber/NAME`, made if need be; undefined when it is not its user's alone, or cannot be made. */
export function ownFolder(name) {
  try {
    const home = process.env.XDG_CACHE_HOME
    const folder = join(home?.startsWith('/') ? home : join(homedir(), '.cache'), 'nixcumber', name)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = lstatSync(folder)
    const isOurs = uid === process.getuid?.() && (mode & 0o170077) === 0o040000
    return isOurs ? folder : undefined
  } catch {
    return undefined
  }
}
