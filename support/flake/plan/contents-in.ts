import { contentsOf } from '../../nix/contents.ts'
import type { Nix } from '../../nix/evaluate/nix.ts'

/** What lies in the closures of these paths: a path of the store does not bind it, and a machine that was kept is of what lay there. */
export const contentsIn = (nix: Nix, host: string, paths: readonly string[]): Promise<string[]> =>
  Promise.all(
    paths.map(async path =>
      contentsOf(path, await nix.closure(path, { subject: `what lies in ${path} of host "${host}" is not known` })),
    ),
  )
