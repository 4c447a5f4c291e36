/** The paths on the command line: folders, files, file:line. What is not there is refused, with the nearest that is. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { refuse } from '../../core/refusal.ts'

export interface FeatureFiles {
  /** Absolute, sorted, each once. */
  readonly files: readonly string[]
  /** Wanted lines by path relative to the project folder; a file that is not in it is wanted whole. */
  readonly lines: Readonly<Record<string, readonly number[]>>
}

export function featureFiles(words: readonly string[], from: string, projectDir: string): FeatureFiles {
  const found = words.map(word => expand(word, from))
  const whole = new Set(found.filter(({ lines }) => lines.length === 0).flatMap(({ files }) => files))
  const lines = new Map<string, number[]>()
  for (const each of found)
    for (const file of each.files.filter(name => !whole.has(name))) {
      const uri = relative(projectDir, file)
      lines.set(uri, [...(lines.get(uri) ?? []), ...each.lines])
    }
  return { files: [...new Set(found.flatMap(({ files }) => files))], lines: Object.fromEntries(lines) }
}

/** `a.feature:3:12` */
function readPlace(word: string): { path: string; lines: number[] } {
  const parts = word.split(':')
  const last = parts.findLastIndex((part, i) => i === 0 || !/^\d+$/.test(part))
  return { path: parts.slice(0, last + 1).join(':'), lines: parts.slice(last + 1).map(Number) }
}

function expand(word: string, from: string): { files: string[]; lines: number[] } {
  if (word.includes('*') && !existsSync(resolve(from, word))) return { files: matching(word, from), lines: [] }
  const { path, lines } = existsSync(resolve(from, word)) ? { path: word, lines: [] } : readPlace(word)
  const absolute = resolve(from, path)
  if (!existsSync(absolute)) throw missing(path, from)
  if (!statSync(absolute).isDirectory()) {
    if (!/\.feature(\.md)?$/.test(absolute))
      throw refuse({ what: `${path} is no feature`, expected: 'a file ending in .feature, or a folder', got: path })
    return { files: [absolute], lines }
  }
  const files = featuresBelow(absolute)
  if (files.length === 0)
    throw refuse({
      what: `There is no feature in ${path}`,
      expected: 'files ending in .feature',
      next: 'nixcumber init',
    })
  return { files, lines: [] }
}

/** `*` within a name and `**` across folders; a shell has usually done this before. */
function matching(glob: string, from: string): string[] {
  const absolute = resolve(from, glob)
  const folder = absolute.slice(0, absolute.lastIndexOf('/', absolute.indexOf('*')))
  const pattern = absolute
    .replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&')
    .replaceAll(/\*\*\/|\*\*|\*/g, star => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' })[star] ?? star)
  const files = existsSync(folder) ? featuresBelow(folder).filter(file => new RegExp(`^${pattern}$`).test(file)) : []
  if (files.length === 0) throw missing(glob, from)
  return files
}

const SKIPPED = /(^|\/)(node_modules|\.[^/]+)\//

export const featuresBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.feature(\.md)?$/.test(file) && !SKIPPED.test(file))
    .sort()
    .map(file => join(folder, file))

function missing(path: string, from: string): Error {
  const here = existsSync(join(from, 'features')) ? featuresBelow(join(from, 'features')) : []
  return refuse({
    what: `There is no ${path}`,
    got: path,
    known: here.map(file => relative(from, file)),
    ...(here.length === 0 ? { next: 'nixcumber init' } : {}),
  })
}
