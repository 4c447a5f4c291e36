/** Programs of one place: the host's own, or those of the private toolbox of Debian packages. */
export interface Programs {
  readonly origin: 'host' | 'toolbox'
  /** Where the one that was asked for comes from, in a line; the doctor shows it. */
  readonly why: string
  /** Wraps a command line so that it runs with these programs; for spawning by execa. */
  wrap(argv: readonly [string, ...string[]], options?: WrapOptions): WrappedCommand
  /** Where a store path can be read on the runner (the toolbox keeps its own store). */
  realPath(storePath: string): string
}

/** `nix`, and `git` beside it: all that evaluating and building needs. */
export interface Toolchain extends Programs {
  readonly nixVersion: string
}

/** `qemu-system-x86_64` and `qemu-img`: what machines of ours need beyond what was built for them. */
export interface MachineTools extends Programs {
  readonly qemuVersion: string
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
