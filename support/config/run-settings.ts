/** One run's settings from the command line and the configuration file; the command line wins. */
import type { Transport } from '../machine/machine.ts'
import { ownCacheFolder } from '../nix/cache-folder.ts'
import type { RunSettings } from '../world/settings.ts'
import type { FoundConfig } from './config.ts'
import type { Note } from './inventory.ts'
import { type MachineOptions, machinesOf } from './machines.ts'

export interface RunOptions extends MachineOptions {
  readonly flake?: string
  readonly offline?: true
  readonly over?: Transport
  readonly keep?: true
}

/** @param note told which machines of an inventory are not judged, and why */
export async function runSettings(found: FoundConfig, options: RunOptions, note?: Note): Promise<RunSettings> {
  const { config, projectDir } = found
  const flake = options.flake ?? config.flake
  const over = options.over ?? config.over
  return {
    projectDir,
    ...(flake === undefined ? {} : { flake }),
    offline: options.offline ?? config.offline ?? false,
    ...(over === undefined ? {} : { over }),
    machines: await machinesOf(found, options, note),
    ...(config.facts === false ? { facts: false } : {}),
    keep: options.keep ?? false,
    cacheDir: ownCacheFolder(),
  }
}
