import type { Command } from '../../core/command.ts'

/** One part of what a machine is: how it is asked, and what of the answer holds from run to run. */
export interface Section {
  readonly name: string
  /** The program that must be there, for when it is not. */
  readonly tool: string
  /** Reads only. Ends with 77 and a reason on its output where there is nothing to be asked. */
  readonly command: Command
  /** Pure. What changes by itself is left out. The bytes are those of the text, for what announces its lengths. */
  parse(text: string, bytes?: Buffer): Readonly<Record<string, string>>
}

/** Store paths without their hash: `/nix/store/…-bash-5.2/bin/bash`. What was built anew is in `toplevel`. */
export const hashless = (text: string): string => text.replaceAll(/\/nix\/store\/[0-9a-z]{32}-/g, '/nix/store/…-')

/** In the order of their keys, so that two files can be compared by eye. */
export const sorted = (entries: Iterable<readonly [string, string]>): Record<string, string> =>
  Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
