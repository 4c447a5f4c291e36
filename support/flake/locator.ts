import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { refuse } from '../core/refusal.ts'
import { type AttrPath, parseAttrPath } from '../nix/attr-path.ts'
import { isFolder, nextAbove, splitQuery } from './folder-query.ts'

/** Where configurations are. */
export type Locator = FlakeLocator | FileLocator

export interface FlakeLocator {
  readonly kind: 'flake'
  /** As Nix takes it, complete and without a fragment. */
  readonly reference: string
  /** The flake's folder on the runner; absent for one from far away. */
  readonly folder?: string
}

/** Without flakes: a Nix file, and what in it. */
export interface FileLocator {
  readonly kind: 'file'
  readonly file: string
  /** Leads to a set of hosts, or to the one that was asked for. Without it: `nixosConfigurations`, or else all there is. */
  readonly attribute?: AttrPath
}

const FILE = /^(.*\.nix)(?::((?:(?!\.nix:).)+?))?$/
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:|[A-Za-z][\w-]*(?:\/|$))/

/**
 * Reads what a feature or `--flake` names: a folder, a flake reference, or `file.nix:attribute`.
 * @throws UsageError when there is nothing at that path
 */
export function parseLocator(text: string, projectDir: string): Locator {
  if (text.includes('#'))
    throw refuse({ what: `"${text}" names a host, not a flake`, expected: 'a flake, such as "."', got: text })
  const [, file, attribute] = FILE.exec(text) ?? []
  if (file !== undefined) return fileLocator(file, attribute, projectDir)
  const { path, wanted } = splitQuery(/^path:(.*)$/.exec(text)?.[1] ?? text, projectDir)
  const folder = resolve(projectDir, path)
  if (isFolder(folder)) {
    if (existsSync(join(folder, 'flake.nix'))) return localFlake(folder, text.startsWith('path:'), wanted)
    if (existsSync(join(folder, 'default.nix'))) return fileLocator(join(folder, 'default.nix'), undefined, projectDir)
    throw refuse({
      what: `There is no flake in "${text}"`,
      expected: 'a folder with flake.nix or default.nix',
      got: folder,
      ...nextAbove(folder, projectDir),
    })
  }
  // `fixtures/flaeks/laptop` could be a name of the registry; with a folder fixtures here it is a typing error.
  const begun = existsSync(join(projectDir, path.split('/')[0] ?? ''))
  if (isAbsolute(path) || path.startsWith('.') || begun || !REMOTE.test(text))
    throw refuse({
      what: `There is no flake "${text}"`,
      expected: 'a folder, or a flake reference such as github:owner/name',
      got: folder,
    })
  return { kind: 'flake', reference: text }
}

export interface HostLocator {
  readonly locator: Locator
  readonly host: string
  /** The locator's attribute is the host itself. */
  readonly single: boolean
}

/** A host given with its place: `.#t14`, `default.nix:nixosConfigurations.t14`. Undefined for a bare name. */
export function parseHostLocator(text: string, projectDir: string): HostLocator | undefined {
  const [, flake, host] = /^(.*)#(?:nixosConfigurations\.)?([^#]+)$/.exec(text) ?? []
  if (flake !== undefined && host !== undefined)
    return { locator: parseLocator(flake || '.', projectDir), host, single: false }
  const [, file, attribute] = FILE.exec(text) ?? []
  if (file === undefined || attribute === undefined) return undefined
  return {
    locator: fileLocator(file, attribute, projectDir),
    host: parseAttrPath(attribute).at(-1) ?? attribute,
    single: true,
  }
}

function fileLocator(path: string, attribute: string | undefined, projectDir: string): FileLocator {
  const file = resolve(projectDir, path)
  if (!existsSync(file)) throw refuse({ what: `There is no file "${path}"`, got: file })
  return {
    kind: 'file',
    file: realpathSync(file),
    ...(attribute === undefined ? {} : { attribute: parseAttrPath(attribute) }),
  }
}

/** As Nix itself does: a folder inside a git work tree is read through git, so that the judged files are the installed ones. */
function localFlake(path: string, asFolder: boolean, wanted: readonly string[]): FlakeLocator {
  const folder = realpathSync(path)
  const root = asFolder ? undefined : gitRoot(folder)
  if (root === undefined && wanted.length > 0)
    throw refuse({ what: `"${wanted.join('&')}" is asked of no git work tree`, expected: 'a folder in one', got: path })
  if (root === undefined) return { kind: 'flake', reference: pathReference(folder), folder }
  const inside = relative(root, folder)
  const query = [...(inside === '' ? [] : [`dir=${encode(inside)}`]), ...wanted].join('&')
  return { kind: 'flake', reference: `git+file://${encode(root)}${query === '' ? '' : '?'}${query}`, folder }
}

/** A `path:` reference; every character that has a meaning there is encoded. */
export const pathReference = (folder: string): string => `path:${encode(folder)}`

const encode = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

export function gitRoot(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  return dirname(folder) === folder ? undefined : gitRoot(dirname(folder))
}

/** References of Nix whose place is on this computer, however they are written. */
const HERE = /^(?:[a-z]+\+)?(?:file|path):(?:\/\/)?([^?#]*)/

/** The folder in which all of a flake lies, where it is on this computer: what can change it can change all there. */
export function ownFolder({ folder, reference }: FlakeLocator): string | undefined {
  const written = HERE.exec(reference)?.[1]
  const inside = folder ?? (written?.startsWith('/') ? decoded(written) : undefined)
  return inside === undefined ? undefined : (gitRoot(inside) ?? inside)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // What Nix would refuse, too.
    return path
  }
}
