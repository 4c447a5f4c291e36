import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the flake with which Nix copies this file into its store, where every user may read it; undefined where it does not. */
export function flakeThatCopies(file: string): string | undefined {
  const flake = above(file, 'flake.nix')
  if (flake === undefined) return undefined
  const work = above(file, '.git')
  // Without git the whole folder is copied, with it what git knows.
  if (work === undefined || !flake.startsWith(work)) return flake
  const { status } = spawnSync('git', ['-C', work, 'ls-files', '--error-unmatch', '--', file], {
    stdio: 'ignore',
    timeout: 5000,
  })
  return status === 0 ? flake : undefined
}

/** The nearest folder above that has this in it. */
function above(file: string, name: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder
    if (dirname(folder) === folder) return undefined
  }
}
