import { refuse } from '../core/refusal.ts'

/** The names on the way to a value: `services.nginx.virtualHosts."a.b".root` is five of them. */
export type AttrPath = readonly string[]

const BARE = /^[A-Za-z_][\w'-]*/
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/**
 * Reads an attribute path as Nix writes it: names with dots between, quotes where a name is no identifier.
 * @throws UsageError for anything else, with the place
 */
export function parseAttrPath(text: string): AttrPath {
  const path: string[] = []
  let rest = text.trim()
  const wrong = (expected: string) =>
    refuse({ what: `"${text}" is no attribute path`, expected, got: rest === '' ? 'the end' : rest })
  for (;;) {
    const [name, length] = rest.startsWith('"') ? quotedName(rest, wrong) : bareName(rest, wrong)
    path.push(name)
    rest = rest.slice(length)
    if (rest === '') return path
    if (!rest.startsWith('.')) throw wrong('a dot between names, or the end')
    rest = rest.slice(1)
  }
}

type Wrong = (expected: string) => Error

function bareName(rest: string, wrong: Wrong): readonly [string, number] {
  // Numbers are no identifiers in Nix, yet "groups.users.gid" style paths meet names such as 0 in lists of interfaces.
  const name = BARE.exec(rest)?.[0] ?? /^\d+/.exec(rest)?.[0]
  if (name === undefined) throw wrong('a name such as services, or one in quotes such as "a.b"')
  return [name, name.length]
}

function quotedName(rest: string, wrong: Wrong): readonly [string, number] {
  let name = ''
  for (let i = 1; i < rest.length; i++) {
    const char = rest.charAt(i)
    if (char === '"') return [name, i + 1]
    if (char === '$' && rest.charAt(i + 1) === '{') throw wrong('a fixed name; "${…}" is not evaluated here')
    if (char === '\\') {
      i++
      name += ESCAPES[rest.charAt(i)] ?? rest.charAt(i)
    } else name += char
  }
  throw wrong('a closing quote')
}

/** Writes the path as Nix does, quotes only where needed. */
export const showAttrPath = (path: AttrPath): string =>
  path.map(name => (BARE.exec(name)?.[0] === name ? name : JSON.stringify(name))).join('.')
