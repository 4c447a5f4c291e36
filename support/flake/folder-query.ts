/** What a reference says behind a folder's name, and where a flake is when the folder has none. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { refuse } from '../core/refusal.ts'

/** Parameters of Nix's git references that leave the work tree what is judged. */
const OF_WORK_TREES = ['dir', 'submodules', 'shallow', 'lfs']

/** `.?dir=nixos&submodules=1`, as Nix takes it of a folder. A folder may have a question mark in its name. */
export function splitQuery(path: string, projectDir: string): { path: string; wanted: readonly string[] } {
  const [, base, query = ''] = /^([^?]*)\?(\w+=.*)$/.exec(path) ?? []
  if (base === undefined || existsSync(resolve(projectDir, path)) || !isFolder(resolve(projectDir, base)))
    return { path, wanted: [] }
  const asked = new URLSearchParams(query)
  for (const got of asked.keys())
    if (!OF_WORK_TREES.includes(got))
      throw refuse({
        what: `"${got}" cannot be asked of the folder "${base}", which is judged as it lies there`,
        got,
        known: OF_WORK_TREES,
        next: `another revision: git+file://${resolve(projectDir, base)}?ref=BRANCH`,
      })
  const dir = asked.get('dir') ?? ''
  asked.delete('dir')
  return { path: join(base, dir), wanted: [...asked].map(([name, value]) => `${name}=${encodeURIComponent(value)}`) }
}

/** Nix would look for flake.nix in the folders above; here a path is what it says. */
export function nextAbove(folder: string, projectDir: string): { next?: string } {
  const above = dirname(folder)
  if (above === folder) return {}
  if (!existsSync(join(above, 'flake.nix'))) return nextAbove(above, projectDir)
  return { next: `there is one above: --flake ${relative(projectDir, above)}` }
}

export const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()
