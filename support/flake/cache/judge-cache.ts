/** Whether a closure is in a binary cache, whole and signed, by what `nix store verify` says of it. Pure. */
import { argv } from '../../core/command.ts'
import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import type { NixOutcome } from '../../nix/nix-process.ts'
import { type BinaryCache, keyName } from './binary-cache.ts'

export interface Asked {
  readonly host: string
  /** Store path of its system. */
  readonly path: string
  readonly cache: BinaryCache
}

const PATH = String.raw`path '(/nix/store/[^'\s]+)'`
/** Nix's words, each about one path (src/nix/verify.cc, src/libstore/store-api.cc). */
const WORDS = {
  Missing: new RegExp(`^(?:error: )?${PATH} is not valid`, 'm'),
  Unsigned: new RegExp(`^${PATH} is untrusted`, 'm'),
  Altered: new RegExp(`^${PATH} was modified!`, 'm'),
} as const
/** So many paths of a kind are named. */
const NAMED = 5

/** The error that tells what is missing, unsigned and altered, or why that is not known; undefined when nothing is. */
export function judgeCache(
  asked: Asked,
  { exitCode, messages, stray, failure }: NixOutcome,
): NixcumberError | undefined {
  if (exitCode === 0) return undefined
  const texts = messages.map(({ text }) => text)
  const found = Object.entries(WORDS).map(([kind, word]) => [kind, paths(texts, word)] as const)
  if (found.some(([, all]) => all.length > 0)) return notThere(asked, found)
  const error = messages.find(({ level }) => level === 0)
  return unknown(asked, error?.raw ?? error?.text ?? stray.at(-1) ?? failure ?? `nix ended with exit code ${exitCode}`)
}

/** It could not be told. */
export const unknown = ({ host, path, cache }: Asked, why: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `Whether the closure of host "${host}" is in cache "${cache.url}" could not be checked: ${why.split('\n', 1)[0]}\n${rows({ System: path })}`.trimEnd(),
  )

const paths = (texts: readonly string[], word: RegExp): readonly string[] => [
  ...new Set(texts.flatMap(text => word.exec(text)?.[1] ?? [])),
]

function notThere(asked: Asked, found: readonly (readonly [string, readonly string[]])[]): ExpectationNotMet {
  const { host, path, cache } = asked
  const has = (wanted: string): boolean => found.some(([kind, all]) => kind === wanted && all.length > 0)
  return new ExpectationNotMet(
    `The closure of host "${host}" is not in cache "${cache.url}" signed by ${keyName(cache)}\n${rows({
      System: path,
      ...Object.fromEntries(found.map(([kind, all]) => [kind, named(all)])),
      // It ends at the first path that is not there.
      Unknown: has('Missing') ? 'whether other paths are there: Nix looks no further than that' : '',
      Next: remedy(asked, has),
    })}`.trimEnd(),
  )
}

function remedy({ path, cache: { url } }: Asked, has: (kind: string) => boolean): string {
  if (has('Altered')) return 'take nothing from it: what lies there is not what was put there'
  if (has('Missing')) return argv('nix', 'copy', '--to', url, path).script
  return argv('nix', 'store', 'sign', '--recursive', '--store', url, '--key-file', 'KEYFILE', path).script
}

function named(all: readonly string[]): string {
  const rest = all.length - NAMED
  return [...all.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n')
}
