import { HARMLESS_FEATURES } from '../harmless-features.ts'
import type { Reading } from './reason.ts'
import type { Rule } from './reason-rules.ts'

/** What this computer's Nix does not do, although the configuration may ask for it: that is no verdict on a host. */
export const PLACE_RULES: readonly Rule[] = [
  {
    match: /experimental (?:Nix |Lix )?feature '([^']+)' is disabled/,
    reading: ([, feature = '']) => unable('experimental-feature', letHave(feature)),
  },
  {
    // libgit2 in Nix, and git itself.
    match:
      /repository path '((?:(?!repository path ').)+?)\/?' is not owned by current user|dubious ownership in repository at '(.+?)'/,
    reading: ([, path, other = path]) =>
      unable(
        'not-owned',
        `git opens no repository of another user: git config --global --add safe.directory ${other ?? ''}, or run as its owner`,
      ),
  },
  {
    // A `.git` that leads nowhere, such as a work tree's in a container that has not the repository itself.
    match: /^opening Git repository "(.*?)": could not find repository/,
    reading: ([, path = '']) =>
      unable(
        'not-owned',
        `git finds no repository there: git -C ${path} status; path:${path} takes the folder as it is`,
      ),
  },
  {
    // Nix until 2.28.
    match: /a '(\S+?)' with features \{([^{}]*)\} is required to build '[^']*', but I am a '(\S+?)'/,
    reading: ([, system = '', features = '', own = '']) => unable('no-builder', otherBuilder(system, features, own)),
  },
  {
    match:
      /required system or feature not available(?:(?!required system or feature)[\s\S])*?Required system: '(\S+?)' with features \{([^{}]*)\}(?:(?!Required system: )[\s\S])*?Current system: '(\S+?)'/,
    reading: ([, system = '', features = '', own = '']) => unable('no-builder', otherBuilder(system, features, own)),
  },
  {
    match: /is required to build '[^']*', but I am a|required system or feature not available/,
    reading: () => unable('no-builder', 'this computer cannot build for that system'),
  },
  {
    match: /^nixcumber: the host .* cannot be extended/,
    reading: () =>
      unable(
        'not-extendable',
        'put what nixosSystem returns into nixosConfigurations, whole: its config alone cannot be made a machine',
      ),
  },
  {
    match: /^nixcumber: the host .* is a container/,
    reading: () =>
      unable(
        'not-extendable',
        'ask it where it runs (ssh, docs/live-hosts.md), or let it be none there: virtualisation.vmVariant.boot.isContainer',
      ),
  },
  {
    // The computer claims to run such programs (extra-platforms) and does not.
    match: /executing '[^']*': Exec format error/,
    surroundings: true,
    reading: () => unable('no-builder', 'this computer cannot run programs of that system: is binfmt_misc registered?'),
  },
]

const unable = (kind: Reading['kind'], hint: string): Reading => ({ kind, fault: 'environment', hint })

const letHave = (feature: string): string =>
  `let Nix have it: extra-experimental-features = ${feature} in nix.conf or NIX_CONFIG${HARMLESS_FEATURES.has(feature) ? ", or in the flake's nixConfig where flake.nix itself does without it" : ''}`

const otherBuilder = (system: string, features: string, own: string): string =>
  system === own
    ? `this computer's Nix has not all of these: system-features = ${features.replaceAll(', ', ' ')} in nix.conf, or a builder that has them`
    : `this computer cannot build for ${system}: boot.binfmt.emulatedSystems = [ "${system}" ] on NixOS, or a remote builder (builders in nix.conf)`

/** A missing file that lies in a git submodule, which Nix leaves out unless it is told. @param modules the text of .gitmodules */
export function inSubmodule(shown: string, modules: string | undefined): string | undefined {
  const missing = /^path '([^'\n]+)' does not exist/.exec(shown)?.[1]
  const paths = [...(modules ?? '').matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S+)[ \t]*$/gm)].map(([, path = '']) => path)
  const found = paths.find(path => missing === path || missing?.startsWith(`${path}/`))
  return (
    found &&
    `${found} is a git submodule, which Nix leaves out: --flake '.?submodules=1', or inputs.self.submodules = true (Nix 2.27 and newer)`
  )
}

/** Pipes in a file whose Nix knows none are a syntax error to it. @param line the text that it points to */
export function isForNewerNix(kind: Reading['kind'], line: string | undefined, said: readonly string[]): boolean {
  if (kind !== 'syntax' || !/\|>|<\|/.test(line ?? '')) return false
  return said.some(text => /unknown experimental feature 'pipe-operators?'/.test(text))
}

export const NEWER_NIX: Reading = unable(
  'experimental-feature',
  "the flake's nixConfig asks for pipe operators, which this Nix does not know: 2.24 or newer does",
)
