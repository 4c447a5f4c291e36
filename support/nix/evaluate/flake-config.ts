/** A flake's `nixConfig`: which of its settings Nix heeds here, and which it does not. */
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { HARMLESS_FEATURES } from '../harmless-features.ts'
import { nixString } from '../nix-string.ts'
import { NixRefused } from '../reason/nix-error.ts'
import type { Nix, Question } from './nix.ts'

/** The settings as Nix writes them in its configuration file. */
export type FlakeConfig = Readonly<Record<string, string>>

export interface HeededConfig {
  /** Arguments for Nix: harmless features of the language, and what the user trusts. */
  readonly arguments: readonly string[]
  /** Names of the settings that are not heeded. */
  readonly ignored: readonly string[]
}

const FEATURES = /^(?:extra-)?experimental-features$/
/** What Nix takes from any flake (flake/config.cc) and is of no use to us. */
const OF_NO_USE = /^(?:bash-prompt.*|flake-registry|commit-lock-?file-summary)$/

/** flake.nix is plain data but for its outputs. */
const READ = `file:
let
  show = value: if builtins.isList value then builtins.concatStringsSep " " (map show value) else if builtins.isBool value then (if value then "true" else "false") else toString value;
in
builtins.mapAttrs (_: show) ((import file).nixConfig or { })`

const FAR = `reference:
let parsed = builtins.parseFlakeRef reference;
in builtins.fetchTree (removeAttrs parsed [ "dir" ]) + "/\${parsed.dir or ""}/flake.nix"`

/** A local flake is read where it lies, one from far away is fetched. @throws NixUnavailable where Nix cannot do that */
export async function readFlakeConfig(
  nix: Nix,
  { reference, folder }: { readonly reference: string; readonly folder?: string },
  question: Question,
): Promise<FlakeConfig> {
  if (folder !== undefined && !(await mentions(folder))) return {}
  const file =
    folder === undefined ? `((${FAR}) ${nixString(reference)})` : `(/. + ${nixString(join(folder, 'flake.nix'))})`
  try {
    return schema.parse((await nix.eval({ expression: `(${READ}) ${file}` }, question)).value)
  } catch (error) {
    // What is wrong with the flake itself is told when it is evaluated, and better.
    if (error instanceof NixRefused) return {}
    throw error
  }
}

const schema = z.record(z.string(), z.string())

const mentions = (folder: string): Promise<boolean> =>
  readFile(join(folder, 'flake.nix'), 'utf8').then(
    text => text.includes('nixConfig'),
    () => false,
  )

/** Sorts the settings as Nix would: heeded are those that the user has said yes to, and features that can do no harm. */
export async function heed(config: FlakeConfig, nix: Nix, question: Question): Promise<HeededConfig> {
  const names = Object.keys(config).filter(name => !OF_NO_USE.test(name))
  const features = names.filter(name => FEATURES.test(name)).flatMap(name => words(config[name]))
  const harmless = features.filter(feature => HARMLESS_FEATURES.has(feature))
  const doubtful = names.filter(
    name => !FEATURES.test(name) || words(config[name]).some(word => !HARMLESS_FEATURES.has(word)),
  )
  const trusts = doubtful.length > 0 ? await trust(nix, question) : () => false
  const trusted = doubtful.filter(name => trusts(name, config[name] ?? ''))
  return {
    arguments: [
      ...(harmless.length > 0 ? ['--extra-experimental-features', harmless.join(' ')] : []),
      ...trusted.flatMap(name => [
        '--option',
        name.replace(/^experimental-/, 'extra-experimental-'),
        config[name] ?? '',
      ]),
    ],
    ignored: doubtful.filter(name => !trusted.includes(name)).map(name => shown(name, config[name] ?? '')),
  }
}

const words = (text = ''): string[] => text.split(/\s+/).filter(Boolean)

const shown = (name: string, value: string): string =>
  FEATURES.test(name)
    ? `${name} ${words(value)
        .filter(word => !HARMLESS_FEATURES.has(word))
        .join(' ')}`
    : name

/** As Nix asks itself: the setting accept-flake-config, and what was said yes to once (libflake, trusted-settings.json). */
async function trust(nix: Nix, question: Question): Promise<(name: string, value: string) => boolean> {
  if ((await nix.setting('accept-flake-config', question)) === 'true') return () => true
  const { XDG_DATA_HOME, HOME = homedir() } = process.env
  const file = join(XDG_DATA_HOME || join(HOME, '.local/share'), 'nix/trusted-settings.json')
  const known = await readFile(file, 'utf8').then(parseTrusted, () => ({}) as ReturnType<typeof parseTrusted>)
  return (name, value) => known[name]?.[value] === true
}

function parseTrusted(text: string): Readonly<Record<string, Readonly<Record<string, boolean>>>> {
  try {
    return z.record(z.string(), z.record(z.string(), z.boolean())).parse(JSON.parse(text))
  } catch {
    return {}
  }
}
