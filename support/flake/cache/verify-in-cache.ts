/** Asks a binary cache for the closure of a host: every path is downloaded and read, and its signature checked. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NixcumberError } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { minutes } from '../../core/time/duration.ts'
import type { Nix } from '../../nix/evaluate/nix.ts'
import { isElsewhere } from './binary-cache.ts'
import { type Asked, judgeCache, unknown } from './judge-cache.ts'

/** A closure of gigabytes over a slow line takes its time; a server that never ends must not. */
const LIMIT = minutes(60)

interface Surroundings {
  readonly nix: Nix
  readonly offline: boolean
  readonly progress: Progress
}

/** The error that tells what is not as it should be; undefined when all is there. */
export async function verifyInCache(
  asked: Asked,
  { nix, offline, progress }: Surroundings,
): Promise<NixcumberError | undefined> {
  const { host, path, cache } = asked
  if (offline && isElsewhere(cache)) return unknown(asked, 'with --offline no other computer is asked')
  // Nix makes a cache of a folder that it only looks at (src/libstore/local-binary-cache-store.cc).
  if (cache.url.startsWith('file:') && !existsSync(join(fileURLToPath(cache.url), 'nix-cache-info')))
    return unknown(asked, 'there is no binary cache in that folder')
  const task = progress.start(`reading the closure of host ${host} in ${cache.url}`)
  try {
    return judgeCache(
      asked,
      await nix.verifyClosure(path, cache, { subject: 'the cache', task, signal: AbortSignal.timeout(LIMIT.ms) }),
    )
  } finally {
    task.done()
  }
}
