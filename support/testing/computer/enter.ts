import { dirname } from 'node:path'
import { withOwnLoader } from '../../nix/toolbox/bubblewrap.ts'

/** What is in PATH: Nix, Node.js, and of what every NixOS has only what nixcumber itself starts. */
const PROGRAMS = ['sh', 'cat', 'chmod', 'flock', 'grep', 'rm', 'sleep'] as const
const BIN = '/run/current-system/sw/bin'
/** Where Nix is that NixOS itself did not bring. */
const NIX_BIN = '/nix/var/nix/profiles/default/bin'
export const PATH_WITHOUT_NIX = BIN
/** Not in PATH: it makes an ordinary user of root, as login does. */
const SETPRIV = '/run/wrappers/bin/setpriv'

export const HOME = '/home/simon'
export const USER_ID = 1000

/** What of the runner the computer is made of. */
export interface Place {
  /** The toolbox, unpacked. */
  readonly toolbox: string
  /** What is /nix there. */
  readonly nix: string
  /** Holds `home`, `var-tmp`, `etc`, and the daemon's socket in `daemon`. */
  readonly folder: string
  readonly repository: string
}

/** The command line that runs a program there as its user. The computer's processes end with it. */
export function enter(
  place: Place,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): readonly [string, ...string[]] {
  const isRoot = process.getuid?.() === 0
  const inside = {
    ...{ HOME, USER: 'simon', LANG: 'C.UTF-8', PATH: `${NIX_BIN}:${BIN}` },
    ...{ NIX_REMOTE: 'daemon', ...env },
  }
  return [
    ...withOwnLoader(place.toolbox, '/usr/bin/bwrap'),
    ...['--die-with-parent', '--unshare-net', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--hostname', 'nixos'],
    ...(isRoot ? ['--cap-add', 'ALL'] : []),
    ...system(place),
    ...programs(place.toolbox),
    ...['--chdir', HOME, '--clearenv'],
    ...Object.entries(inside).flatMap(([name, value]) => ['--setenv', name, value]),
    '--',
    ...(isRoot ? asUser : []),
    ...argv,
  ]
}

const asUser = [
  ...[SETPRIV, `--reuid=${USER_ID}`, `--regid=${USER_ID}`, '--clear-groups', '--no-new-privs'],
  ...['--inh-caps=-all', '--bounding-set=-all', '--'],
]

const FOLDERS = [
  '/run',
  '/run/current-system',
  '/run/current-system/sw',
  BIN,
  '/run/wrappers',
  dirname(SETPRIV),
  '/srv',
  '/home',
].concat([
  '/nix',
  '/nix/var',
  '/nix/var/nix',
  '/nix/var/nix/profiles',
  dirname(NIX_BIN),
  NIX_BIN,
  '/bin',
  '/usr',
  '/usr/bin',
  '/var',
])

/** Folders. Programs of Debian and Node.js find their C library in /lib; NixOS has none there, nor needs it. */
const system = ({ toolbox, nix, folder, repository }: Place): string[] => [
  // bubblewrap makes those that it needs for itself alone.
  ...FOLDERS.flatMap(path => ['--perms', '0755', '--dir', path]),
  ...['--ro-bind', `${toolbox}/usr/lib`, '/lib', '--ro-bind', `${toolbox}/usr/lib64`, '/lib64'],
  ...['--ro-bind', `${nix}/store`, '/nix/store', '--ro-bind', `${nix}/var/nixcumber`, '/nix/var/nixcumber'],
  ...['--ro-bind', `${folder}/daemon`, '/nix/var/nix/daemon-socket', '--ro-bind', `${folder}/etc`, '/etc'],
  ...['--bind', `${folder}/home`, HOME, '--bind', `${folder}/var-tmp`, '/var/tmp'],
  ...['--ro-bind', repository, '/srv/nixcumber'],
  ...['--perms', '1777', '--tmpfs', '/tmp', '--proc', '/proc', '--dev', '/dev'],
]

const programs = (toolbox: string): string[] => [
  ...PROGRAMS.flatMap(name => ['--ro-bind', `${toolbox}/usr/bin/${name}`, `${BIN}/${name}`]),
  ...['--ro-bind', `${toolbox}/usr/bin/nix`, `${NIX_BIN}/nix`],
  ...['--ro-bind', process.execPath, `${BIN}/node`, '--ro-bind', `${toolbox}/usr/bin/setpriv`, SETPRIV],
  ...['--ro-bind', `${toolbox}/usr/bin/env`, '/usr/bin/env', '--symlink', `${BIN}/sh`, '/bin/sh'],
]

/** A NixOS whose owner has set nothing: no experimental features. */
export const ETC: Readonly<Record<string, string>> = {
  NIXOS: '',
  passwd: `root:x:0:0::/root:${BIN}/sh\nsimon:x:${USER_ID}:${USER_ID}::${HOME}:${BIN}/sh\n`,
  group: `root:x:0:\nsimon:x:${USER_ID}:\n`,
  hosts: '127.0.0.1 localhost nixos\n::1 localhost\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
  'nix/nix.conf': 'build-users-group = nixbld\nsandbox = true\n',
}
