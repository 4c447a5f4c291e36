import { EnvironmentBroken } from '../../core/errors.ts'
import { type Progress, silentProgress } from '../../core/progress.ts'
import { rows } from '../../core/text/text.ts'
import { cacheFolder } from '../cache-folder.ts'
import { hasApt } from '../toolbox/apt.ts'
import { Toolbox } from '../toolbox/toolbox.ts'
import type { Toolchain } from '../toolchain.ts'
import { NIX } from '../version-bound.ts'
import { HostNix, lookFor } from './host-programs.ts'

export interface FindToolchainOptions {
  /** Look-alike inputs are in play: always the toolbox, whose packages they are made for. */
  readonly offline: boolean
  readonly progress?: Progress
  readonly cache?: string
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Nix: the user's own, with its store, its daemon and its settings; where there is none that will do, the toolbox.
 * @throws EnvironmentBroken when neither can be had
 */
export async function findToolchain(options: FindToolchainOptions): Promise<Toolchain> {
  const { env = process.env } = options
  if (options.offline) return openToolbox(options, 'the offline inputs are made for its packages')
  const found = await lookFor(NIX, env)
  if ('path' in found) return new HostNix(found, env)
  if (found.isMisconfigured) throw misconfigured(found.lack)
  if (await canHaveToolbox(options)) return openToolbox(options, found.lack)
  throw noNix(found.lack)
}

/** Another Nix would go by the same settings, and by another store. */
const misconfigured = (lack: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The Nix in PATH does not run with its settings\n${rows({
      Got: lack,
      Next: 'mend that line of nix.conf or NIX_CONFIG, until this says a version: nix --version',
    })}`.trimEnd(),
  )

/** Nix and QEMU in one. @param why in a line */
export const openToolbox = (
  { offline, progress = silentProgress, env = process.env, cache = cacheFolder(env) }: FindToolchainOptions,
  why: string,
): Promise<Toolbox> => Toolbox.open({ cache, offline, why: `toolbox: ${why}`, progress })

/** It is there, or can be made. */
export const canHaveToolbox = async ({
  env = process.env,
  cache = cacheFolder(env),
}: Pick<FindToolchainOptions, 'cache' | 'env'>): Promise<boolean> => (await Toolbox.isMade(cache)) || hasApt()

export const noNix = (lack: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `Nix is needed, and there is none that will do\n${rows({
      Expected: `${NIX.program} ${NIX.least.join('.')} or newer in PATH (Nix, Lix or Determinate Nix)`,
      Got: `${lack}; and no apt, from whose Debian packages a toolbox could be made`,
      Next: 'install Nix (https://nixos.org/download), open a new terminal, then: nixcumber doctor',
    })}`.trimEnd(),
  )
