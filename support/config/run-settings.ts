/** One run's settings from the command line and the configuration file; the command line wins. */
import type { SshPlan, Transport } from '../machine/machine.ts'
import { ownCacheFolder } from '../nix/cache-folder.ts'
import { readTarget } from '../target/look.ts'
import type { RunSettings } from '../world/settings.ts'
import { clusterSettings } from './cluster-entry.ts'
import type { FoundConfig } from './config.ts'
import type { Note } from './inventory.ts'
import { type MachineOptions, machinesOf } from './machines.ts'
import { aboutTarget } from './target-entry.ts'

export interface RunOptions extends MachineOptions {
  readonly flake?: string
  readonly offline?: true
  readonly over?: Transport
  readonly target?: string
  readonly keep?: true
}

/** @param note told which machines of an inventory are not judged, and why */
export async function runSettings(found: FoundConfig, options: RunOptions, note?: Note): Promise<RunSettings> {
  const { config, projectDir } = found
  const flake = options.flake ?? config.flake
  const over = options.over ?? config.over
  const target = targetOf(found, options.target)
  return {
    projectDir,
    ...(flake === undefined ? {} : { flake }),
    offline: options.offline ?? config.offline ?? false,
    ...(over === undefined ? {} : { over }),
    ...(target === undefined ? {} : { target }),
    ...(config.target === undefined ? {} : { aboutTarget: aboutTarget(config.target, projectDir) }),
    ...(config.kubernetes === undefined ? {} : { kubernetes: clusterSettings(config.kubernetes, projectDir) }),
    machines: await machinesOf(found, options, note),
    ...(config.facts === false ? { facts: false } : {}),
    keep: options.keep ?? false,
    cacheDir: ownCacheFolder(),
  }
}

/** Relative paths in an address start where it stands. @throws UsageError for one that cannot be read */
function targetOf({ config, projectDir }: FoundConfig, given: string | undefined): SshPlan | undefined {
  if (given !== undefined) return readTarget(given, process.cwd())
  const { address } = config.target ?? {}
  return address === undefined ? undefined : readTarget(address, projectDir)
}
