import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the user's files are, although Nix speaks of copies in its store. */
export interface Source {
  /** The copy: `/nix/store/<hash>-source`. Unknown while the flake itself cannot be read. */
  readonly storePath?: string
  /** The folder on the runner that was copied. Absent for a flake from far away. */
  readonly folder?: string
  /** Where a path of the store can be read on the runner; there itself without this. */
  readonly realPath?: (storePath: string) => string
}

const COPY = /(?:\/nix\/store\/[a-z0-9]{32}-[\w.+?=-]*|«[^«»]*»)\/([^\s':,»)]+)/g
const COPY_START = /^(\/nix\/store\/[a-z0-9]{32}-[^/]*|«[^»]*»)\/(.+)$/

/** Turns paths of the store back into the user's own, relative to the flake. */
export class SourceMap {
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
  }

  /** The user's path of a file that Nix named; undefined when it is not one of theirs. */
  own(file: string): string | undefined {
    const { storePath, folder } = this.#source
    if (storePath !== undefined)
      return below(file, storePath) ?? (folder === undefined ? undefined : below(file, folder))
    const direct = folder === undefined ? undefined : below(file, folder)
    if (direct !== undefined) return direct
    const [, copy = '', rest] = COPY_START.exec(file) ?? []
    if (rest === undefined || folder === undefined) return undefined
    // A file that is missing in both is the user's as well.
    const isOwn = this.#isCopy(`${copy}/flake.nix`, join(folder, 'flake.nix')) || this.#isCopy(file, join(folder, rest))
    return isOwn ? rest : undefined
  }

  /** By what is in it: every flake has a `flake.nix`, nixpkgs too. */
  #isCopy(copy: string, original: string): boolean {
    const text = textOf(original)
    // What Nix has not put into its store cannot be read; where it is from, it says.
    if (copy.startsWith('«')) return text !== undefined && /^«(?:path|git\+file):/.test(copy)
    return text !== undefined && text === textOf(this.#source.realPath?.(copy) ?? copy)
  }

  /** The text with every path of the user's files as the user knows it. */
  show(text: string): string {
    const { folder } = this.#source
    const shown = text.replace(COPY, match => this.own(match) ?? match)
    return folder === undefined ? shown : shown.replaceAll(`${folder}/`, '')
  }

  /** The text of one of the user's files, by the path that `own` gave. */
  read(own: string): string | undefined {
    const { storePath, folder } = this.#source
    for (const root of [folder, storePath]) {
      const file = root === undefined ? undefined : join(root, own)
      if (file !== undefined && existsSync(file)) return readFileSync(file, 'utf8')
    }
    return undefined
  }
}

const below = (file: string, folder: string): string | undefined =>
  file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined

/** Undefined where there is no such file, or none that can be read. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
