/** What a boot loader starts when nothing is chosen, read off its files as NixOS writes them. Pure. */

export interface DefaultEntry {
  /** The file that says so. */
  readonly file: string
  /** Of the system, by `init=`: a store path. */
  readonly system: string | undefined
  readonly kernel: LoaderPath
  readonly initrd: LoaderPath
}

/** A file as the loader finds it. */
export interface LoaderPath {
  /** From the root of its file system. */
  readonly path: string
  /** UUID of that, where the loader goes by it; else it is the one on which the loader's own files lie. */
  readonly uuid?: string
}

/** A file of a boot loader, and where the file system is mounted on which it lies. */
export interface LoaderFile {
  readonly file: string
  readonly text: string
}

/** A menu in which there is no telling what is started by default is none: why. */
export type Menu = DefaultEntry | { readonly file: string; readonly unclear: string }

/** Of each boot loader that has files there. */
export function menusOf(files: readonly LoaderFile[]): readonly Menu[] {
  const grub = files.filter(({ file }) => file.endsWith('/grub/grub.cfg')).map(grubMenu)
  const loaders = files.filter(({ file }) => file.endsWith('/loader/loader.conf'))
  return [...grub, ...loaders.map(loader => systemdBootMenu(loader, files))]
}

/** `set default` counts entries and submenus at the top from 0 (GRUB manual, "default"); the last one that is set is NixOS's own. */
function grubMenu({ file, text }: LoaderFile): Menu {
  const chosen = [...text.matchAll(/^[ \t]*set default="?([^"\n]*)"?[ \t]*$/gm)].map(([, word = '']) => word)
  const number = chosen.findLast(word => /^\d+$/.test(word))
  if (number === undefined || chosen.some(word => !/^(\d+|\$\{next_entry\})$/.test(word)))
    return { file, unclear: 'it does not set its default by a number' }
  const entry = blocks(text)[Number(number)]
  if (entry === undefined) return { file, unclear: `it has no entry ${number}` }
  return grubEntry(file, entry)
}

/** The bodies of what stands at the top, in its order. */
function blocks(text: string): string[] {
  const found: string[] = []
  let depth = 0
  for (const line of text.split('\n')) {
    if (depth === 0 && /^[ \t]*(?:menuentry|submenu)\s/.test(line)) found.push('')
    else if (found.length > 0) found.push(`${found.pop()}${line}\n`)
    if (line.trimEnd().endsWith('{')) depth += 1
    if (line.trim() === '}') depth -= 1
  }
  return found
}

function grubEntry(file: string, body: string): Menu {
  const drives = Object.fromEntries(
    [...body.matchAll(/^[ \t]*search --set=(\w+) --fs-uuid (\S+)$/gm)].map(([, drive, uuid]) => [drive, uuid]),
  )
  const path = (word: string | undefined): LoaderPath | undefined => {
    const [, drive, inside] = /^\(\$(\w+)\)(\/\S+)$/.exec(word ?? '') ?? []
    if (inside === undefined) return undefined
    const uuid = drives[drive ?? '']
    return { path: inside, ...(uuid === undefined ? {} : { uuid }) }
  }
  return entryOf(file, /^[ \t]*linux[ \t]+(.+)$/m.exec(body)?.[1], /^[ \t]*initrd[ \t]+(\S+)/m.exec(body)?.[1], path)
}

/** loader.conf(5): `default` is the file of an entry; the Boot Loader Specification has the rest. */
function systemdBootMenu({ file, text }: LoaderFile, files: readonly LoaderFile[]): Menu {
  const wanted = /^default[ \t]+(\S+)[ \t]*$/m.exec(text)?.[1]
  const entries = `${file.slice(0, -'loader.conf'.length)}entries/`
  const matching = files.filter(entry => entry.file.startsWith(entries) && isNamed(entry.file, wanted ?? ''))
  const [entry] = matching
  if (wanted === undefined || entry === undefined || matching.length > 1)
    return { file, unclear: `its default is ${wanted ?? 'not set'}, which is ${matching.length} of its entries` }
  const value = (key: string): string | undefined => new RegExp(`^${key}\\s+(.+)$`, 'm').exec(entry.text)?.[1]?.trim()
  const line = `${value('linux') ?? ''} ${value('options') ?? ''}`
  return entryOf(entry.file, line, value('initrd'), word => (word?.startsWith('/') ? { path: word } : undefined))
}

/** `nixos-*` is a beginning. */
function isNamed(file: string, wanted: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted
}

function entryOf(
  file: string,
  linux: string | undefined,
  initrd: string | undefined,
  read: (word: string | undefined) => LoaderPath | undefined,
): Menu {
  const [kernel, first] = [read(linux?.trim().split(/\s+/)[0]), read(initrd)]
  if (!kernel || !first) return { file, unclear: 'its default entry names no kernel and initrd that can be found' }
  const system = / init=(\/nix\/store\/[^\s/]+)\/init(?:\s|$)/.exec(` ${linux}`)?.[1]
  return { file, system, kernel, initrd: first }
}
