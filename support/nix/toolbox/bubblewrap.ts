export interface Sandbox {
  /** Unpacked toolbox. */
  readonly root: string
  /** What is `/nix` inside. */
  readonly nix: string
  /** Top-level folders of the host. */
  readonly hostFolders: readonly HostFolder[]
  readonly writable: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly kvm: boolean
}

export interface HostFolder {
  readonly path: string
  /** Set when it is a link (`/home` to `/data/home`): it must stay one, or the same file would be there twice, once read-only. */
  readonly linkTo?: string
}

/** Folders of the host that its own system occupies: the toolbox puts its own there, or nothing. */
const OCCUPIED = new Set([
  'bin',
  'sbin',
  'lib',
  'lib32',
  'lib64',
  'libx32',
  'usr',
  'etc',
  'nix',
  'proc',
  'sys',
  'dev',
  'boot',
  'lost+found',
])

/** Of the host's top level: what a user's files may lie in. */
export const userFolders = (names: readonly string[]): string[] =>
  names.filter(name => !OCCUPIED.has(name)).map(name => `/${name}`)

/**
 * Arguments for bubblewrap: the toolbox as system, the host's files at their own paths and read-only but for what is named.
 * Processes are the host's own (no pid namespace), so that a machine's QEMU can be seen and ended by its id.
 */
export function bubblewrapArguments(sandbox: Sandbox, argv: readonly string[]): string[] {
  const { root } = sandbox
  return [
    '--die-with-parent',
    ...['--ro-bind', `${root}/usr`, '/usr', '--ro-bind', `${root}/etc`, '/etc'],
    ...['bin', 'sbin', 'lib', 'lib64'].flatMap(name => ['--symlink', `usr/${name}`, `/${name}`]),
    ...['--ro-bind-try', '/etc/resolv.conf', '/etc/resolv.conf', '--ro-bind-try', '/etc/hosts', '/etc/hosts'],
    ...sandbox.hostFolders.flatMap(({ path, linkTo }) =>
      linkTo === undefined ? ['--ro-bind-try', path, path] : ['--symlink', linkTo, path],
    ),
    ...['--proc', '/proc', '--dev', '/dev', '--ro-bind-try', '/sys', '/sys'],
    ...(sandbox.kvm ? ['--dev-bind-try', '/dev/kvm', '/dev/kvm'] : []),
    ...['--bind', sandbox.nix, '/nix'],
    ...parentsFirst(sandbox.writable).flatMap(folder => ['--bind-try', folder, folder]),
    ...['--chdir', sandbox.cwd, '--clearenv'],
    ...Object.entries(sandbox.env).flatMap(([name, value]) => ['--setenv', name, value]),
    '--',
    ...argv,
  ]
}

/** A parent bound after its child would hide it. */
const parentsFirst = (folders: readonly string[]): string[] =>
  [...new Set(folders)].sort((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b))

/**
 * Starts a program of the toolbox on the host itself: its C library may be newer than the host's, so it brings its own loader.
 */
export const withOwnLoader = (root: string, program: string): readonly [string, ...string[]] => [
  `${root}/usr/lib64/ld-linux-x86-64.so.2`,
  '--library-path',
  `${root}/usr/lib/x86_64-linux-gnu`,
  `${root}${program}`,
]

/** What to do where bubblewrap is refused. */
export const NAMESPACES =
  'allow user namespaces (sysctl kernel.unprivileged_userns_clone=1; in a container: privileged), or run as root'
