import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildDir } from './build-dir.ts'

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

/**
 * Modules that the initrd of a host on a disk of its own may ask for, by NixOS's names: drivers of disks (`boot.initrd.availableKernelModules`),
 * file systems, and what encrypts, mirrors or maps.
 */
const OWN_DISK_MODULES = [
  ...INITRD_MODULES,
  ...['virtio_scsi', 'virtio_balloon', 'nvme', 'ahci', 'ata_piix', 'sd_mod', 'sr_mod', 'loop'],
  ...['btrfs', 'xfs', 'vfat', 'nls_cp437', 'nls_iso8859-1', 'nls_ascii', 'nls_utf8'],
  ...['dm_mod', 'dm_crypt', 'dm_snapshot', 'dm_thin_pool', 'dm_raid', 'raid0', 'raid1', 'raid10', 'raid456'],
  ...['aesni_intel', 'aes_generic', 'xts', 'cbc', 'cryptd', 'essiv', 'af_alg', 'algif_skcipher'],
  ...['sha256_generic', 'sha512_generic'],
]

/** The kernel, packed and unpacked, its modules' index, and those that the initrd loads. */
export async function addKernel(base: BuildDir): Promise<void> {
  const { folder, root, run } = base
  const [version = ''] = await readdir(join(root, 'usr/lib/modules'))
  await cp(join(root, `boot/vmlinuz-${version}`), join(folder, 'vmlinuz'))
  await uncompress(base)
  await cp(join(root, `boot/config-${version}`), join(folder, 'kernel-config'))
  await writeFile(join(folder, 'kernel-version'), version)
  await run('depmod', '--basedir', root, '--moduledir', '/usr/lib/modules', version)
  await addInitrdModules(base, version)
  await addOwnDiskModules(base, version)
  // What a configuration may ask for and this kernel has not (a laptop's drivers) is left out at build time.
  const known = ['modules.dep', 'modules.builtin'].map(name => join(root, 'usr/lib/modules', version, name))
  const text = (await Promise.all(known.map(file => readFile(file, 'utf8')))).join('\n')
  const names = [...text.matchAll(/(?<![^/\s:])([^/\s:]+)\.ko(?:\.xz)?(?=:|$)/gm)].map(([, name = '']) =>
    name.replaceAll('-', '_'),
  )
  await writeFile(join(folder, 'kernel-modules'), `${[...new Set(names)].sort().join('\n')}\n`)
}

/** An emulated processor takes more than a second to unpack its own kernel; QEMU can start the unpacked one (PVH). */
async function uncompress({ folder, run }: BuildDir): Promise<void> {
  const image = await readFile(join(folder, 'vmlinuz'))
  // Linux/x86 boot protocol: sectors of setup code; where the packed kernel lies after them; its length, of which the last 4 bytes tell the size.
  const setup = (image.readUInt8(0x1f1) + 1) * 512
  const start = setup + image.readUInt32LE(0x248)
  const packed = join(folder, 'vmlinux.zst')
  await writeFile(packed, image.subarray(start, start + image.readUInt32LE(0x24c) - 4))
  await run('zstd', '--decompress', '--quiet', '--rm', packed, '-o', join(folder, 'vmlinux'))
}

/** Numbered: the initrd of a virtual machine loads all of them in this order. */
async function addInitrdModules(base: BuildDir, version: string): Promise<void> {
  const modules = join(base.folder, 'initrd-modules')
  await mkdir(modules)
  const shown = await Promise.all(INITRD_MODULES.map(name => filesOf(base, version, name)))
  for (const [index, file] of [...new Set(shown.flat())].entries())
    await unpack(base, file, join(modules, `${String(index).padStart(2, '0')}-${plainName(file)}`))
}

/** The files, and for each module by its name a list of those that it needs, itself last; empty where it is built in. */
async function addOwnDiskModules(base: BuildDir, version: string): Promise<void> {
  const [modules, needs] = [join(base.folder, 'own-disk/modules'), join(base.folder, 'own-disk/needs')]
  for (const folder of [modules, needs]) await mkdir(folder, { recursive: true })
  const unpacked = new Set<string>()
  for (const name of OWN_DISK_MODULES) {
    const files = await filesOf(base, version, name)
    for (const file of files) if (!unpacked.has(file)) await unpack(base, file, join(modules, plainName(file)))
    for (const file of files) unpacked.add(file)
    await writeFile(join(needs, name.replaceAll('-', '_')), files.map(file => `${plainName(file)}\n`).join(''))
  }
}

/** What is loaded for a module, in order (modprobe(8)). */
async function filesOf({ root, run }: BuildDir, version: string, name: string): Promise<string[]> {
  const shown = await run('modprobe', '--dirname', root, '--set-version', version, '--show-depends', name)
  return [...shown.matchAll(/^insmod (\S+)/gm)].map(([, file = '']) => file)
}

const plainName = (file: string): string => file.replace(/^.*\//, '').replace(/\.xz$/, '')

/** busybox's insmod hands the file to the kernel as it is. */
async function unpack({ run }: BuildDir, file: string, plain: string): Promise<void> {
  if (file.endsWith('.xz')) await run('sh', '-c', 'xz --decompress --stdout "$1" > "$2"', 'sh', file, plain)
  else await cp(file, plain)
}
