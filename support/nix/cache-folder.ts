import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'

/** Shared by runs, content-addressed: `$XDG_CACHE_HOME/nixcumber`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache'), 'nixcumber')

/**
 * The same folder, when no other user can put into it what is run from there: Nix, QEMU, machines' memory.
 * @throws EnvironmentBroken for one that another user (but root) owns, or that all may write to
 */
export function ownCacheFolder(folder = cacheFolder()): string {
  const found = statSync(folder, { throwIfNoEntry: false })
  const uid = process.getuid?.()
  if (!found || uid === undefined) return folder
  const isOwners = found.uid === uid || found.uid === 0
  if (isOwners && (found.mode & 0o002) === 0) return folder
  throw new EnvironmentBroken(
    `The cache ${folder} can be changed by other users: nothing is run from there\n${rows({
      Expected: `a folder of user ${uid}'s, not writable for all`,
      Got: isOwners ? `mode ${(found.mode & 0o7777).toString(8)}` : `a folder of user ${found.uid}'s`,
      Next: `remove it or give it its owner and mode (chown, chmod o-w), or set XDG_CACHE_HOME to a folder of your own`,
    })}`.trimEnd(),
  )
}
