import { nearest } from '../../core/text/nearest.ts'
import { PLACE_RULES } from './place-rules.ts'
import type { Reading, ReasonKind } from './reason.ts'

export interface Rule {
  readonly match: RegExp
  /** Also looked for in what a builder printed: its disk and its network are the runner's. */
  readonly surroundings?: true
  readonly reading: (found: RegExpExecArray) => Reading
}

const configuration =
  (kind: ReasonKind, hint?: (found: RegExpExecArray) => string | undefined) =>
  (found: RegExpExecArray): Reading => {
    const text = hint?.(found)
    return { kind, fault: 'configuration', ...(text === undefined ? {} : { hint: text }) }
  }

const environment =
  (kind: ReasonKind, hint: string, retryable = false) =>
  (): Reading => ({
    kind,
    fault: 'environment',
    hint,
    retryable,
  })

/** The module system's complaints about one option; the last part of its name leads to the line. */
const option =
  (kind: ReasonKind) =>
  (found: RegExpExecArray): Reading => ({ kind, fault: 'configuration', ...lastName(found[1] ?? '') })

function lastName(name: string): { word?: string } {
  const bare = name.replace(/\.?"?\[definition [^[\]]*\]"?/g, '')
  const last = /"([^"]+)"$/.exec(bare)?.[1] ?? bare.split('.').at(-1)
  return last ? { word: last } : {}
}

const lookedAtAsGit = 'a file that git does not know is not seen by Nix: git add it'

/**
 * Wording of Nix 2.18 to 2.31 and of nixpkgs' lib/modules.nix; the recorded transcripts are of Nix 2.26.3. What may be any text ends where
 * the words before it come again: else a long message of nothing but those would be read to its end from each of them.
 */
export const RULES: readonly Rule[] = [
  {
    match: /No space left on device|database or disk is full|Disk quota exceeded/,
    surroundings: true,
    reading: environment('disk-full', 'free some space: nixcumber clean, nix store gc'),
  },
  {
    match: /attempt to write a readonly database/,
    surroundings: true,
    reading: environment(
      'store-read-only',
      'Nix cannot write to its database: is the disk full, or mounted read-only?',
    ),
  },
  {
    match: /\bENOMEM\b|[Cc]annot allocate memory|out of memory|std::bad_alloc/,
    surroundings: true,
    reading: environment('out-of-memory', 'evaluating a NixOS host takes 1 to 2 GiB; close something or add swap'),
  },
  {
    match:
      /cannot connect to (?:daemon|socket)|(?:opening lock file|creating directory ["']\/nix\/)(?:(?!opening lock file|creating directory ).)*?Permission denied|cannot open connection to remote store|Nix daemon disconnected unexpectedly|failed to start SSH connection|group '[^']*' specified in 'build-users-group'/,
    reading: environment('store', 'the Nix store cannot be used: nixcumber doctor'),
  },
  {
    match: /cannot perform a sandboxed build|does not support the kernel namespaces/,
    reading: environment(
      'store',
      'Nix cannot sandbox builds here: allow user namespaces, or sandbox = false in nix.conf',
    ),
  },
  {
    match: /^(?:(?:reading|opening|creating) (?:directory|file)|getting status of) .*: Permission denied/,
    reading: environment(
      'unreadable',
      'this user may not read that: change its owner or mode, or keep it out of the flake',
    ),
  },
  {
    match:
      /: (?:Read-only file system|Too many open files(?: in system)?|Input\/output error|Stale file handle|No locks available)(?: \[[^\n[]*)?$|[Uu]nable to open database file|cannot open SQLite database/,
    reading: environment(
      'unreadable',
      "Nix needs its files on this computer, those of ~/.cache/nix (XDG_CACHE_HOME) too; this is not the configuration's",
    ),
  },
  {
    match: /executing 'git'/,
    reading: environment('no-git', 'this Nix wants git in PATH: nix shell nixpkgs#git --command npx nixcumber run'),
  },
  {
    match: /Could(?: not|n't) resolve (?:host|proxy)|Could not resolve hostname|Temporary failure in name resolution/,
    surroundings: true,
    reading: environment(
      'network',
      'no name could be looked up: is the network up? Where there is apt, `--offline` needs none',
      true,
    ),
  },
  {
    match:
      /^(?:ERROR: Repository not found|fatal: repository '.*' not found|fatal: '.*' does not appear to be a git repository)/,
    reading: configuration('missing-input', () => 'is the address of the input right?'),
  },
  {
    match:
      /^(?:fatal: (?:Authentication failed|could not read Username)|Host key verification failed|\S+: Permission denied \()/,
    reading: environment('network', 'the repository lets this user in by no key or password it was given'),
  },
  {
    match:
      /^(?:fatal: (?:unable to|read error|protocol error|early EOF|the remote end|Could not read from remote)|ssh: |kex_exchange_identification: |Connection (?:closed by|reset by|to|timed out) )/,
    reading: environment(
      'network',
      'the repository could not be reached; try again, or clone it and name the clone',
      true,
    ),
  },
  {
    match:
      /Failed to connect|Couldn't connect|Connection (?:refused|reset|timed out)|Timeout was reached|HTTP error (?:429|5\d\d)|SSL (?:connect|peer)|Network is unreachable/,
    surroundings: true,
    reading: environment(
      'network',
      'the server could not be reached; try again, or, where there is apt, use `--offline`',
      true,
    ),
  },
  {
    match: /HTTP error 403(?:(?!HTTP error 403)[\s\S])*?(?:api\.github\.com|rate limit)|rate limit exceeded/,
    reading: environment('network', 'GitHub limits anonymous requests: set access-tokens in nix.conf', true),
  },
  {
    match: /unable to download '[^']*': HTTP error (?:401|403|407)|The requested URL returned error: (?:401|403|407)\b/,
    surroundings: true,
    reading: environment('network', 'the server lets this user in by no password it was given: netrc-file in nix.conf'),
  },
  {
    // Whatever ends a download but the server's word that there is no such thing, or an address that is none.
    match:
      /unable to download '[^']*': (?!HTTP error 4(?!08)|URL |Unsupported protocol \(1\) Protocol)|some substitutes for the outputs of derivation \S+ failed|curl: \((?:7|16|18|28|35|52|55|56|60|77|92)\) |The requested URL returned error: (?:408|429|5\d\d)/,
    surroundings: true,
    reading: environment(
      'network',
      'the server could not be reached; try again, or, where there is apt, use `--offline`',
      true,
    ),
  },
  {
    match: /^building of .* (?:timed out after \d+ seconds|killed after writing more than \d+ bytes)/,
    reading: environment(
      'build-limit',
      "this computer's Nix lets no build take more: timeout, max-silent-time, max-build-log-size in nix.conf",
    ),
  },
  ...PLACE_RULES,
  {
    match: /: the offline (?:nixpkgs|look-alike) cannot /,
    surroundings: true,
    reading: environment(
      'offline-limit',
      "this is a limit of the offline look-alike, and not the configuration's fault: run without --offline",
    ),
  },
  {
    match: /nixcumber offline: (.*)/,
    reading: () => ({
      kind: 'offline-input',
      fault: 'input',
      hint: 'run without --offline, or leave out what uses this input',
    }),
  },
  {
    match: /ENOENT|execvp nix|nix: (?:command )?not found/,
    reading: environment('no-nix', 'Nix 2.18 or newer is needed: nixcumber doctor'),
  },
  {
    match: /^The option `(flake\.modules)' is defined multiple times/,
    reading: found => ({
      ...option('conflict')(found),
      hint: 'imports = [ inputs.flake-parts.flakeModules.modules ];',
    }),
  },
  { match: /^The option `(.+?)'(?: defined in `[^`\n]*')? does not exist/m, reading: option('unknown-option') },
  { match: /^A definition for option `(.+)' is not of type/m, reading: option('type-error') },
  {
    match: /^The option `(.+)' (?:has conflicting definition values|is defined multiple times|is read-only)/m,
    reading: option('conflict'),
  },
  {
    match: /^The option `(.+)' (?:was accessed but has no value defined|is used but not defined)/m,
    reading: option('no-value'),
  },
  {
    match: /is to have the module ((?:(?!is to have the module ).)+?), but flake\.modules\.nixos has: (.*)/,
    reading: configuration('missing-attribute', ([, name = '', known = '']) => {
      const near = nearest(name, known.split(' '))
      return near && `did you mean ${near}?`
    }),
  },
  { match: /^\s*Failed assertions:/, reading: configuration('assertion') },
  { match: /^assertion .* failed/, reading: configuration('assertion') },
  {
    match: /^(?:syntax error|attribute '.*' already defined|invalid token|path '.*' has a trailing slash)/,
    reading: configuration('syntax'),
  },
  { match: /^undefined variable '(.+)'/, reading: configuration('undefined-variable') },
  {
    match: /^(?:attribute '(.+)' missing|flake '.*' does not provide attribute)/,
    reading: configuration('missing-attribute'),
  },
  {
    match: /^function '.*' called (?:without required|with unexpected) argument/,
    reading: configuration('missing-argument'),
  },
  {
    match: /^infinite recursion encountered/,
    reading: configuration(
      'infinite-recursion',
      () => 'a value is made from itself; often `imports` or `mkIf` that reads what it sets',
    ),
  },
  {
    match: /not tracked by Git|is not in the (?:Git )?(?:index|tree)/i,
    reading: configuration('missing-file', () => lookedAtAsGit),
  },
  {
    match: /^(?:path '(?:\/nix\/store\/[^']*|[^/'][^']*)' does not exist|getting status of '\/nix\/store)/,
    reading: configuration('missing-file', () => lookedAtAsGit),
  },
  { match: /^path '.*' does not exist|^getting status of/, reading: configuration('missing-file') },
  {
    match: /^cannot find flake '(?:flake:)?(.+)' in the flake registries|has no attribute 'flake'/,
    reading: configuration('missing-input', ([, name]) =>
      name ? `give the input "${name}" a url in flake.nix` : undefined,
    ),
  },
  {
    match:
      /HTTP error 404|is not a flake|does not contain a '(?:(?!contain a ').)*?flake\.nix' file|could not find a flake\.nix/,
    reading: configuration('missing-input', () => 'is the address of the input right?'),
  },
  {
    match: /requires lock file changes|contains (?:an )?unlocked input/,
    reading: configuration('missing-input', () => 'nix flake lock'),
  },
  {
    match: /in pure evaluation mode|access to (?:absolute )?path '(?:(?!access to ).)*?' is forbidden/,
    reading: configuration('impure', () => 'a flake may only read its own files and its inputs'),
  },
  {
    match: /^\[json\.exception\.parse_error/,
    reading: configuration(
      'syntax',
      () => 'no JSON: flake.lock, as after a merge, or a file that builtins.fromJSON reads',
    ),
  },
  {
    match: /^mismatch in field 'narHash' of input/,
    reading: configuration('hash-mismatch', () => 'the input is not what flake.lock says any more: nix flake update'),
  },
  {
    match: /because the option 'allow-import-from-derivation' is disabled/,
    reading: configuration(
      'impure',
      () =>
        'evaluation may build nothing: allow-import-from-derivation of nix.conf or nixConfig; nixcumber gate has an option of that name',
    ),
  },
  { match: /^hash mismatch in fixed-output derivation/, reading: configuration('hash-mismatch') },
  { match: /^(?:builder for|Cannot build|build of) /, reading: configuration('build-failed') },
]
