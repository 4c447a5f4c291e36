import type { Via } from '../machine/machine.ts'

/**
 * What one run was asked for: command line over configuration file over defaults, all checked.
 * Plain data, so that it can be handed to another process.
 */
export interface RunSettings {
  /** Folder of `nixcumber.config.*`, or else where nixcumber was started: paths in sentences and settings start here. */
  readonly projectDir: string
  /** Flake that stands in for "." in features (`--flake`); undefined means the project folder. */
  readonly flake?: string
  /** Look-alike inputs instead of the real ones; never good for a GO. */
  readonly offline: boolean
  /** Way to ask every machine, when one was demanded. */
  readonly over?: Via
  /** Machines that are not booted from a host of the flake: name to `ssh://…`, `run:SCRIPT` or `image:FOLDER`, as the user wrote it. */
  readonly machines: Readonly<Record<string, string>>
  /** Live hosts (`ssh://…`) that features may change; every other one is only looked at. */
  readonly mayChange?: readonly string[]
  /** Leave machines running after the run. */
  readonly keep: boolean
  /** Shared by all runs, content-addressed: toolbox, store, base images. */
  readonly cacheDir: string
}
