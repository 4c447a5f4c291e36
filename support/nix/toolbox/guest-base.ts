import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Progress, ProgressTask } from '../../core/progress.ts'
import { rows, tail } from '../../core/text.ts'
import type { Toolchain } from '../toolchain.ts'
import { PrivateApt } from './apt.ts'
import { buildOnce } from './build-once.ts'
import { SUITE, textHash } from './recipe.ts'
import { certificates } from './root.ts'
import { type Manifest, unpack } from './unpack.ts'

/** The list is part of the offline nixpkgs, whose derivations name the base by the hash of this very file. */
const PACKAGES = resolve(import.meta.dirname, '../../../fixtures/inputs/nixpkgs/base/packages.txt')

/** Kernel modules that the initrd loads, in this order, each after what it depends on. */
const INITRD_MODULES = [
  'virtio_pci',
  'virtio_mmio',
  'virtio_console',
  'virtio_blk',
  'virtio_net',
  'virtio_rng',
  'erofs',
  'ext4',
  'overlay',
]

/** Only what an offline guest needs at boot; each further generator costs every boot about 0.1 s under emulation. */
const GENERATORS = ['systemd-fstab-generator', 'systemd-getty-generator', 'systemd-debug-generator']

/** Kept aside: the look-alike's /etc links to it when there is a crypttab. */
const GENERATORS_ASIDE = ['systemd-cryptsetup-generator']

/** Packages whose units systemd itself needs; every other unit is made by a NixOS module or does not exist. */
const UNITS_OF = [
  'systemd',
  'systemd-resolved',
  'systemd-timesyncd',
  'systemd-cryptsetup',
  'udev',
  'dbus',
  'dbus-system-bus-common',
  'util-linux',
]

const UDEV_RULES =
  /^(50-udev-default|55-dm|60-block|60-persistent-storage|60-persistent-storage-dm|60-serial|70-uaccess|71-seat|73-seat-late|75-net-description|78-sound-card|80-drivers|80-net-setup-link|90-vconsole|95-dm-notify|99-systemd)\.rules$/

const LOCALES = ['en_US', 'en_GB', 'de_DE']

/**
 * The programs of every offline guest, made once: `usr.erofs`, `vmlinuz`, the initrd's pieces, and which package brought which files.
 * Lies beside the Nix store, so that builds see it and both are thrown away together.
 */
export async function guestBase(cache: string, toolchain: Toolchain, progress: Progress): Promise<string> {
  const list = await readFile(PACKAGES, 'utf8')
  const folder = join(cache, 'nix/var/nixcumber', `base-${textHash(list)}`)
  const packages = list.split('\n').filter(line => line && !line.startsWith('#'))
  const build = (inside: string, task: ProgressTask): Promise<void> => new Base(inside, toolchain, task).build(packages)
  return buildOnce(folder, { what: 'the base of the offline machines', needsBytes: 2_000_000_000, build }, progress)
}

class Base {
  readonly #folder: string
  readonly #root: string
  readonly #toolchain: Toolchain
  readonly #task: ProgressTask

  constructor(folder: string, toolchain: Toolchain, task: ProgressTask) {
    this.#folder = folder
    this.#root = join(folder, 'root')
    this.#toolchain = toolchain
    this.#task = task
  }

  async build(packages: readonly string[]): Promise<void> {
    const downloads = join(this.#folder, 'downloads')
    await mkdir(downloads)
    await mkdir(this.#root)
    const apt = await PrivateApt.open(downloads, SUITE)
    const manifest = await unpack(await apt.download(packages, this.#task), this.#root, this.#task)
    await rm(downloads, { recursive: true })
    await this.#writeManifest(manifest)
    await this.#alternatives()
    await this.#kernel()
    await this.#locales()
    await this.#systemd(manifest)
    await this.#etc()
    await this.#image()
    await rm(this.#root, { recursive: true })
  }

  /** One file per package with the programs it brings: what `pkgs.<name>` links to. */
  async #writeManifest(manifest: Manifest): Promise<void> {
    const folder = join(this.#folder, 'manifest')
    await mkdir(folder)
    for (const [name, files] of Object.entries(manifest))
      await writeFile(join(folder, name), `${files.map(file => file.replace(/ -> .*/, '')).join('\n')}\n`)
  }

  /** What update-alternatives would have linked. */
  async #alternatives(): Promise<void> {
    const links = {
      awk: 'gawk',
      vim: 'vim.basic',
      vi: 'vim.basic',
      nc: 'nc.openbsd',
      which: 'which.debianutils',
      fd: 'fdfind',
      bat: 'batcat',
      lynx: '',
      nvim: '',
      traceroute: 'traceroute.db',
    }
    for (const [name, target] of Object.entries(links))
      if (target) await symlink(target, join(this.#root, 'usr/bin', name)).catch(() => {})
    for (const name of ['iptables', 'ip6tables', 'iptables-save', 'iptables-restore'])
      await symlink('xtables-nft-multi', join(this.#root, 'usr/sbin', name)).catch(() => {})
  }

  async #kernel(): Promise<void> {
    const [version = ''] = await readdir(join(this.#root, 'usr/lib/modules'))
    await cp(join(this.#root, `boot/vmlinuz-${version}`), join(this.#folder, 'vmlinuz'))
    await this.#uncompressKernel()
    await cp(join(this.#root, `boot/config-${version}`), join(this.#folder, 'kernel-config'))
    await writeFile(join(this.#folder, 'kernel-version'), version)
    await this.#run('depmod', '--basedir', this.#root, '--moduledir', '/usr/lib/modules', version)
    await this.#initrdModules(version)
    // What a configuration may ask for and this kernel has not (a laptop's drivers) is left out at build time.
    const known = ['modules.dep', 'modules.builtin'].map(name => join(this.#root, 'usr/lib/modules', version, name))
    const text = (await Promise.all(known.map(file => readFile(file, 'utf8')))).join('\n')
    const names = [...text.matchAll(/([^/\s:]+)\.ko(?:\.xz)?(?=:|$)/gm)].map(([, name = '']) =>
      name.replaceAll('-', '_'),
    )
    await writeFile(join(this.#folder, 'kernel-modules'), `${[...new Set(names)].sort().join('\n')}\n`)
  }

  /** An emulated processor takes more than a second to unpack its own kernel; QEMU can start the unpacked one (PVH). */
  async #uncompressKernel(): Promise<void> {
    const image = await readFile(join(this.#folder, 'vmlinuz'))
    // Linux/x86 boot protocol: sectors of setup code; where the packed kernel lies after them; its length, of which the last 4 bytes tell the size.
    const setup = (image.readUInt8(0x1f1) + 1) * 512
    const start = setup + image.readUInt32LE(0x248)
    const packed = join(this.#folder, 'vmlinux.zst')
    await writeFile(packed, image.subarray(start, start + image.readUInt32LE(0x24c) - 4))
    await this.#run('zstd', '--decompress', '--quiet', '--rm', packed, '-o', join(this.#folder, 'vmlinux'))
  }

  async #initrdModules(version: string): Promise<void> {
    const folder = join(this.#folder, 'initrd-modules')
    await mkdir(folder)
    const shown = await Promise.all(
      INITRD_MODULES.map(name =>
        this.#run('modprobe', '--dirname', this.#root, '--set-version', version, '--show-depends', name),
      ),
    )
    const files = [
      ...new Set(shown.flatMap(text => [...text.matchAll(/^insmod (\S+)/gm)].map(([, file = '']) => file))),
    ]
    for (const [index, file] of files.entries()) {
      const plain = join(folder, `${String(index).padStart(2, '0')}-${file.replace(/^.*\//, '').replace(/\.xz$/, '')}`)
      // busybox's insmod hands the file to the kernel as it is.
      if (file.endsWith('.xz')) await this.#run('sh', '-c', 'xz --decompress --stdout "$1" > "$2"', 'sh', file, plain)
      else await cp(file, plain)
    }
  }

  async #locales(): Promise<void> {
    await mkdir(join(this.#root, 'usr/lib/locale'), { recursive: true })
    for (const locale of LOCALES) {
      this.#task.update(`locale ${locale}`)
      const args = ['--prefix', this.#root, '--inputfile', locale, '--charmap', 'UTF-8', `${locale}.UTF-8`]
      await this.#run('env', `I18NPATH=${this.#root}/usr/share/i18n`, 'localedef', ...args)
    }
  }

  /** NixOS links every unit into /etc from the store; Debian's stand where they are found only when asked for. */
  async #systemd(manifest: Manifest): Promise<void> {
    const systemd = join(this.#root, 'usr/lib/systemd')
    const wanted = new Set(UNITS_OF.flatMap(name => manifest[name] ?? []).map(file => file.replace(/ -> .*/, '')))
    for (const unit of await readdir(join(systemd, 'system')))
      if (!wanted.has(`/usr/lib/systemd/system/${unit}`) && !/\.(wants|requires|d)$/.test(unit))
        await rm(join(systemd, 'system', unit), { recursive: true })
    for (const unit of await readdir(join(systemd, 'user'), { recursive: true }))
      if (/gpg|dirmngr|ssh-agent/.test(unit)) await rm(join(systemd, 'user', unit), { force: true, recursive: true })
    await mkdir(join(systemd, 'upstream'))
    await rename(join(systemd, 'system'), join(systemd, 'upstream/system'))
    await this.#generators(systemd)
    const debian = join(this.#root, 'usr/share/debian')
    await mkdir(debian, { recursive: true })
    for (const folder of ['tmpfiles.d', 'sysctl.d', 'sysusers.d', 'modules-load.d', 'modprobe.d'])
      await rename(join(this.#root, 'usr/lib', folder), join(debian, folder)).catch(() => {})
  }

  async #generators(systemd: string): Promise<void> {
    const [from, aside] = [join(systemd, 'system-generators'), join(systemd, 'upstream/system-generators')]
    await mkdir(aside)
    for (const generator of await readdir(from))
      if (GENERATORS_ASIDE.includes(generator)) await rename(join(from, generator), join(aside, generator))
      else if (!GENERATORS.includes(generator)) await rm(join(from, generator))
  }

  /** Debian's /etc is only read from: the guest's own is made by the NixOS modules. */
  async #etc(): Promise<void> {
    await writeFile(join(this.#root, 'usr/share/debian/ca-bundle.crt'), await certificates(this.#root))
    await rename(join(this.#root, 'etc'), join(this.#root, 'usr/share/debian/etc'))
    // Lists of its manual pages and documentation are half of it; nobody reads them in a machine that lives for minutes.
    for (const folder of ['doc', 'man', 'info', 'locale', 'i18n', 'lintian', 'bug'])
      await rm(join(this.#root, 'usr/share', folder), { recursive: true, force: true })
    await rm(join(this.#root, 'usr/lib/udev/hwdb.d'), { recursive: true, force: true })
    await this.#udevRules()
  }

  /** Each rule is weighed for each device at each boot; a virtual machine has few kinds. */
  async #udevRules(): Promise<void> {
    const folder = join(this.#root, 'usr/lib/udev/rules.d')
    for (const rule of await readdir(folder)) if (!UDEV_RULES.test(rule)) await rm(join(folder, rule))
  }

  async #image(): Promise<void> {
    this.#task.update('packing')
    await this.#run(
      'mkfs.erofs',
      '--quiet',
      '--all-root',
      '-T0',
      '-zlz4',
      join(this.#folder, 'usr.erofs'),
      join(this.#root, 'usr'),
    )
  }

  async #run(...argv: readonly [string, ...string[]]): Promise<string> {
    const { file, args, options } = this.#toolchain.wrap(argv, { cwd: '/', writable: [this.#folder] })
    const { exitCode, stdout, stderr } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
    if (exitCode === 0) return stdout
    throw new EnvironmentBroken(
      `The base of the offline machines could not be made${rows({ Command: argv.join(' '), Reason: tail(stderr, 5) })}`,
    )
  }
}
