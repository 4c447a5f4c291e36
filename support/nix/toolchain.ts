/** Where `nix` and `qemu` come from: the host's own, or the private toolbox of Debian packages. */
export interface Toolchain {
  readonly origin: 'host' | 'toolbox'
  /** Why this one and not the other, in a line; the doctor shows it. */
  readonly why: string
  readonly nixVersion: string
  readonly qemuVersion: string
  /** Wraps a command line so that it runs with the toolchain's programs; for spawning by execa. */
  wrap(argv: readonly [string, ...string[]], options?: WrapOptions): WrappedCommand
  /** Where a store path can be read on the runner (the toolbox keeps its own store). */
  realPath(storePath: string): string
}

export interface WrapOptions {
  readonly cwd?: string
  /** The complete environment inside; nothing else is passed on. */
  readonly env?: Readonly<Record<string, string>>
  /** Further folders that must be visible at the same path, writable. */
  readonly writable?: readonly string[]
  /** Let the program use /dev/kvm. */
  readonly kvm?: boolean
}

export interface WrappedCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly options: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly extendEnv: false }
}
