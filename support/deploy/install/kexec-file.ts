/** The tarball by which the target starts an installer in memory. nixos-anywhere's own is downloaded by the target, and nothing binds what comes. */
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { refuse } from '../../core/refusal.ts'

export interface KexecFile {
  readonly file: string
  readonly sha256: string
}

/** nixos-anywhere knows how to unpack it by its name. */
const NAMES = /\.tar(?:\.gz|\.xz|\.zst)?$/

/** @throws UsageError when it is none */
export async function kexecFile(file: string): Promise<KexecFile> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile() || !NAMES.test(file))
    throw refuse({
      what: `There is no tarball "${file}" to start an installer from`,
      expected: 'a file that ends in .tar, .tar.gz, .tar.xz or .tar.zst, such as the kexec installer of nixos-images',
      got: file,
    })
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return { file, sha256: `sha256-${hash.digest('hex')}` }
}

export const withoutKexecFile = (said: string) =>
  refuse({
    what: 'The target is no NixOS installer, and nothing says how to start one',
    expected: '--kexec FILE: a tarball that is yours, whose hash can be written down',
    got: said,
    next: 'download nixos-kexec-installer-noninteractive-x86_64-linux.tar.gz of nix-community/nixos-images and check it, or start an installer there',
  })
