import { join } from 'node:path'
import { NixcumberError } from '../../core/errors.ts'
import type { FlakeMetadata } from '../../nix/evaluate/flake-metadata.ts'
import { SourceMap } from '../../nix/reason/source-map.ts'
import type { Toolchain } from '../../nix/toolchain.ts'
import type { Locator } from '../locator.ts'

type Store = Pick<Toolchain, 'realPath'>

/** Where the files of what is judged are; without Nix's help when it cannot be asked. */
export async function sourcesOf(
  locator: Locator,
  store: Store,
  ask: () => Promise<FlakeMetadata | undefined>,
): Promise<SourceMap> {
  if (locator.kind === 'file') return folderSources(locator, store)
  try {
    const metadata = await ask()
    // Outside git everything in the folder is copied, reports of this run too: each copy has a path of its own.
    if (locator.folder && !metadata?.revision && !metadata?.dirtyRevision) return folderSources(locator, store)
    const inside = new URLSearchParams(locator.reference.split('?')[1] ?? '').get('dir')
    const storePath = metadata && (inside ? join(metadata.storePath, inside) : metadata.storePath)
    return new SourceMap({
      ...(storePath ? { storePath } : {}),
      ...(locator.folder ? { folder: locator.folder } : {}),
    })
  } catch (error) {
    if (error instanceof NixcumberError) return folderSources(locator, store)
    throw error
  }
}

export function folderSources(locator: Locator, store: Store): SourceMap {
  const folder = locator.kind === 'file' ? join(locator.file, '..') : locator.folder
  return new SourceMap(folder ? { folder, realPath: path => store.realPath(path) } : {})
}
