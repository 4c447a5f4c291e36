import { readlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Programs } from './toolchain.ts'

/** The runner's path of what a store path leads to: links inside a toolbox's store name /nix/store, which the runner may not have. */
export async function resolveStoreLink(programs: Programs, storePath: string): Promise<string> {
  const target = await readlink(programs.realPath(storePath)).catch(() => undefined)
  if (target === undefined) return programs.realPath(storePath)
  return resolveStoreLink(programs, resolve(dirname(storePath), target))
}
