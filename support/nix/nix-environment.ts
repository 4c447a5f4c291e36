import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Toolchain } from './toolchain.ts'

export interface NixSurroundings {
  readonly origin: Toolchain['origin']
  /** Impure evaluation can read the environment: it must see as little as can be. */
  readonly impure: boolean
  readonly cacheDir: string
  readonly nixPath?: Readonly<Record<string, string>>
  readonly env?: NodeJS.ProcessEnv
}

/** What opens private inputs, by git, ssh and curl, and what finds the user's own settings. */
const PASSED_ON =
  /^(?:LANG|LC_ALL|XDG_(?:CONFIG|DATA)_HOME|SSH_(?:AUTH_SOCK|AGENT_PID)|GIT_(?:SSH|CONFIG)\w*|NIX_SSHOPTS|(?:https?|ftp|all|no)_proxy)$/i
/** The toolbox has its own Nix settings, certificates, folders and programs. */
const PASSED_ON_TO_HOST =
  /^(?:NIX_\w+|SSL_CERT_\w+|CURL_CA_BUNDLE|TMPDIR|XDG_(?:CACHE|STATE|RUNTIME)_\w+|(?:GIT|SSH)_ASKPASS\w*)$/

/** The complete environment of a Nix process: caches, keys, proxies. Nothing in it asks at the terminal, where a run would wait for ever. */
export function nixEnvironment({
  origin,
  impure,
  cacheDir,
  nixPath = {},
  env = process.env,
}: NixSurroundings): Record<string, string> {
  const wanted = origin === 'host' ? [PASSED_ON, PASSED_ON_TO_HOST] : [PASSED_ON]
  const passed = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && wanted.some(names => names.test(entry[0])),
  )
  const path = Object.entries(nixPath).map(([name, folder]) => `${name}=${folder}`)
  return {
    // nixos-shell bakes HOME into what it builds; an empty one it leaves alone, and Nix finds its caches by XDG.
    ...(impure ? {} : { HOME: env.HOME ?? homedir() }),
    ...(impure || origin === 'toolbox' ? { XDG_CACHE_HOME: join(cacheDir, 'nix-cache') } : {}),
    GIT_TERMINAL_PROMPT: '0',
    ...Object.fromEntries(passed),
    ...(path.length > 0 ? { NIX_PATH: path.join(':') } : {}),
  }
}

/** A `NIX_CONFIG` in which ours stands after the user's, so that it wins; what is `extra-…` adds to theirs. */
export const withUsersConfig = (own: readonly string[], env: NodeJS.ProcessEnv = process.env): string =>
  [env.NIX_CONFIG?.trimEnd(), ...own].filter(Boolean).join('\n')
