import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Progress, ProgressTask } from '../../core/progress.ts'
import type { Programs } from '../toolchain.ts'
import { PrivateApt } from './apt.ts'
import { BuildDir } from './build-dir.ts'
import { buildOnce } from './build-once.ts'
import { addInitrdPrograms } from './guest-initrd.ts'
import { addKernel } from './guest-kernel.ts'
import { trimSystemd, trimUdevRules } from './guest-systemd.ts'
import { SUITE, textHash } from './recipe.ts'
import { certificates } from './root.ts'
import { type Manifest, unpack } from './unpack.ts'

/** The list is part of the offline nixpkgs, whose derivations name the base by the hash of this very file. */
const PACKAGES = resolve(import.meta.dirname, '../../../fixtures/inputs/nixpkgs/base/packages.txt')

const LOCALES = ['en_US', 'en_GB', 'de_DE']

/** What update-alternatives would have linked. */
const ALTERNATIVES = {
  awk: 'gawk',
  vim: 'vim.basic',
  vi: 'vim.basic',
  nc: 'nc.openbsd',
  which: 'which.debianutils',
  fd: 'fdfind',
  bat: 'batcat',
  traceroute: 'traceroute.db',
}

/**
 * The programs of every offline guest, made once: `usr.erofs`, `vmlinuz`, the initrd's pieces, and which package brought which files.
 * Lies beside the Nix store, so that builds see it and both are thrown away together.
 */
export async function guestBase(cache: string, programs: Programs, progress: Progress): Promise<string> {
  const list = await readFile(PACKAGES, 'utf8')
  const folder = join(cache, 'nix/var/nixcumber', `base-${textHash(list)}`)
  const packages = list.split('\n').filter(line => line && !line.startsWith('#'))
  const build = (inside: string, task: ProgressTask): Promise<void> =>
    make(new BuildDir(inside, programs, task), packages)
  return buildOnce(folder, { what: 'the base of the offline machines', needsBytes: 2_000_000_000, build }, progress)
}

async function make(base: BuildDir, packages: readonly string[]): Promise<void> {
  const { folder, root, task } = base
  const downloads = join(folder, 'downloads')
  await mkdir(downloads)
  await mkdir(root)
  const apt = await PrivateApt.open(downloads, SUITE)
  const manifest = await unpack(await apt.download(packages, task), root, task)
  await rm(downloads, { recursive: true })
  await writeManifest(base, manifest)
  await linkAlternatives(base)
  await addKernel(base)
  await addInitrdPrograms(base)
  await addLocales(base)
  await trimSystemd(base, manifest)
  await trimRest(base)
  task.update('packing')
  await base.run('mkfs.erofs', '--quiet', '--all-root', '-T0', '-zlz4', join(folder, 'usr.erofs'), join(root, 'usr'))
  await rm(root, { recursive: true })
}

/** One file per package with the programs it brings: what `pkgs.<name>` links to. */
async function writeManifest({ folder }: BuildDir, manifest: Manifest): Promise<void> {
  await mkdir(join(folder, 'manifest'))
  for (const [name, files] of Object.entries(manifest))
    await writeFile(join(folder, 'manifest', name), `${files.map(file => file.replace(/ -> .*/, '')).join('\n')}\n`)
}

async function linkAlternatives({ root }: BuildDir): Promise<void> {
  for (const [name, target] of Object.entries(ALTERNATIVES))
    await symlink(target, join(root, 'usr/bin', name)).catch(() => {})
  for (const name of ['iptables', 'ip6tables', 'iptables-save', 'iptables-restore'])
    await symlink('xtables-nft-multi', join(root, 'usr/sbin', name)).catch(() => {})
}

async function addLocales({ root, task, run }: BuildDir): Promise<void> {
  await mkdir(join(root, 'usr/lib/locale'), { recursive: true })
  for (const locale of LOCALES) {
    task.update(`locale ${locale}`)
    const args = ['--prefix', root, '--inputfile', locale, '--charmap', 'UTF-8', `${locale}.UTF-8`]
    await run('env', `I18NPATH=${root}/usr/share/i18n`, 'localedef', ...args)
  }
}

/** Debian's /etc is only read from: the guest's own is made by the NixOS modules. */
async function trimRest(base: BuildDir): Promise<void> {
  const { root } = base
  await writeFile(join(root, 'usr/share/debian/ca-bundle.crt'), await certificates(root))
  await rename(join(root, 'etc'), join(root, 'usr/share/debian/etc'))
  // Lists of its manual pages and documentation are half of it; they are not read in a machine that lives for minutes.
  for (const folder of ['doc', 'man', 'info', 'locale', 'i18n', 'lintian', 'bug'])
    await rm(join(root, 'usr/share', folder), { recursive: true, force: true })
  await rm(join(root, 'usr/lib/udev/hwdb.d'), { recursive: true, force: true })
  await trimUdevRules(base)
}
