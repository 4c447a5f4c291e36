import { createHash } from 'node:crypto'

/**
 * Debian's release: the first whose Nix (2.26) and QEMU (10.0) will do. Debian 12's Nix 2.8 knows no `builtins.readFileType`, which
 * import-tree calls, and its QEMU 7.2 crashed an emulated 6.12 kernel in 3 of 5 boots.
 */
export const SUITE = 'trixie'

/** The programs of the toolbox and what a Nix build may expect to find. */
export const TOOLBOX_PACKAGES = [
  'nix-bin',
  'qemu-system-x86',
  'qemu-utils',
  'ovmf',
  'bubblewrap',
  'erofs-utils',
  'e2fsprogs',
  'busybox-static',
  'cpio',
  'zstd',
  'git',
  'openssh-client',
  'ca-certificates',
  'openssl',
  'jq',
  'file',
  'patch',
  'kmod',
  'libc-bin',
  'perl',
  'base-files',
  'bash',
  'coreutils',
  'dash',
  'diffutils',
  'findutils',
  'gawk',
  'grep',
  'gzip',
  'bzip2',
  'procps',
  'sed',
  'tar',
  'util-linux',
  'xz-utils',
] as const

/** Raised when the way of unpacking changes, so that old folders are not taken for new ones. */
const FORMAT = 1

/** As Nix computes it: `substring 0 12 (hashFile "sha256" file)`. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** Names what a recipe makes. The mirror's state is not part of it: what was made once stays until `nixcumber clean`. */
export const recipeHash = (...parts: readonly string[]): string => textHash(JSON.stringify([FORMAT, SUITE, ...parts]))
