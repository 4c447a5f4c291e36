/** What lies in the store, path by path: a name of the store does not bind it, for the same derivation may be built twice and differ. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { EnvironmentBroken } from '../core/errors.ts'

const known = z.object({ narHash: z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/) })
/** Nix 2.19 and newer tell an object by path, older ones a list. */
const closureSchema = z.union([
  z
    .array(known.extend({ path: z.string() }))
    .transform(list => list.map(({ path, narHash }) => [path, narHash] as const)),
  z
    .record(z.string(), known)
    .transform(all => Object.entries(all).map(([path, { narHash }]) => [path, narHash] as const)),
])

/**
 * sha256 over the sorted lines `path narHash` of a closure.
 * @param answer of `nix path-info --json --recursive`
 * @throws EnvironmentBroken when it says not of every path what lies there, or does not name `path` itself
 */
export function contentsOf(path: string, answer: unknown): string {
  const parsed = closureSchema.safeParse(answer)
  if (!parsed.success) throw unknown(path, z.prettifyError(parsed.error))
  const closure = parsed.data.map(([name, hash]) => [absolute(name), hash] as const)
  if (!closure.some(([name]) => name === path)) throw unknown(path, 'it is not in its own closure')
  const lines = closure.map(entry => `${entry.join(' ')}\n`).toSorted((a, b) => (a < b ? -1 : 1))
  return sha256(lines.join(''))
}

/** Newest versions of Nix leave the folder out. */
const absolute = (path: string): string => (path.startsWith('/') ? path : `/nix/store/${path}`)

export const sha256 = (content: string | Buffer): string =>
  `sha256-${createHash('sha256').update(content).digest('hex')}`

const unknown = (path: string, why: string): EnvironmentBroken =>
  new EnvironmentBroken(`Nix does not say what lies in ${path}: ${why}`)
