import { readlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Toolchain } from './toolchain.ts'

/** The runner's path of what a store path leads to: links inside a toolbox's store name /nix/store, which the runner may not have. */
export async function resolveStoreLink(toolchain: Toolchain, storePath: string): Promise<string> {
  const target = await readlink(toolchain.realPath(storePath)).catch(() => undefined)
  if (target === undefined) return toolchain.realPath(storePath)
  return resolveStoreLink(toolchain, resolve(dirname(storePath), target))
}
