/** A program and the oldest version that will do, by its first two numbers. */
export interface VersionBound {
  readonly program: string
  readonly least: readonly [number, number]
}

/**
 * The oldest Nix that today's nixpkgs takes. Lix began with Nix 2.18 and counts from 2.90; Determinate Nix says the version of the Nix in it
 * after its own.
 */
export const NIX: VersionBound = { program: 'nix', least: [2, 18] }
/** The oldest QEMU that emulates a 6.12 kernel without crashing. */
export const QEMU: VersionBound = { program: 'qemu-system-x86_64', least: [9, 0] }

export interface ProgramVersion {
  /** The number, and whose program it is where that is not the usual one: `2.93.0 (Lix, like Nix)`. */
  readonly text: string
  isAtLeast(least: readonly [number, number]): boolean
}

/**
 * What `--version` says: `nix (Nix) 2.26.3`, `nix (Determinate Nix 3.11.2) 2.31.1`, `nix (Lix, like Nix) 2.93.0-pre20250401-abc`,
 * `QEMU emulator version 10.0.3 (Debian 1:10.0.3+ds-0+deb13u1)`. Undefined when there is no number.
 */
export function readVersion(output: string): ProgramVersion | undefined {
  const line = output.split('\n').find(each => /\d\.\d/.test(each)) ?? ''
  const variant = /^nix\S* \(((?!Nix\))[^)]*)\)/.exec(line)?.[1]
  // What stands in parentheses is the name of a variant, or a package's own number.
  const [number, major, minor] = /\b(\d+)\.(\d+)[.\w+-]*/.exec(line.replaceAll(/\([^()]*\)/g, '')) ?? []
  if (number === undefined) return undefined
  return {
    text: variant === undefined ? number : `${number} (${variant})`,
    isAtLeast: ([least, next]) => Number(major) > least || (Number(major) === least && Number(minor) >= next),
  }
}
