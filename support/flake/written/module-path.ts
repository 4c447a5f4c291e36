import { refuse } from '../../core/refusal.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be refused
const CONTROL = /[\u0000-\u001f\u007f]/
const LONGEST_NAME = 255

/**
 * Checks the path of a module below modules/. Spaces, quotes and brackets are fine: files may be called so.
 * @throws UsageError for what would leave the folder, be no Nix file, or not be a file name everywhere
 */
export function checkModulePath(path: string): string {
  const wrong = (expected: string) =>
    refuse({ what: `No module can be called ${JSON.stringify(path)}`, expected, got: path })
  if (CONTROL.test(path)) throw wrong('a path without line breaks and other control characters')
  if (path.startsWith('/')) throw wrong('a path below modules/, such as nixos/web.nix; not an absolute one')
  if (path.includes('\\')) throw wrong('a path with / between its parts')
  const parts = path.split('/')
  if (parts.some(part => part === '..' || part === '.')) throw wrong('a path below modules/ without . and ..')
  if (parts.some(part => part === '')) throw wrong('a path whose parts all have a name')
  if (parts.some(part => Buffer.byteLength(part) > LONGEST_NAME)) throw wrong(`names of at most ${LONGEST_NAME} bytes`)
  if (!path.endsWith('.nix') || parts.at(-1) === '.nix') throw wrong('a path that ends in .nix')
  return path
}

/** import-tree leaves out every path with a part that begins with an underscore. */
export const isIgnoredByImportTree = (path: string): boolean => path.split('/').some(part => part.startsWith('_'))
