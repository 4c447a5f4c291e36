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

async function addInitrdModules({ folder, root, run }: BuildDir, version: string): Promise<void> {
  const modules = join(folder, 'initrd-modules')
  await mkdir(modules)
  const shown = await Promise.all(
    INITRD_MODULES.map(name => run('modprobe', '--dirname', root, '--set-version', version, '--show-depends', name)),
  )
  const files = [...new Set(shown.flatMap(text => [...text.matchAll(/^insmod (\S+)/gm)].map(([, file = '']) => file)))]
  for (const [index, file] of files.entries()) {
    const plain = join(modules, `${String(index).padStart(2, '0')}-${file.replace(/^.*\//, '').replace(/\.xz$/, '')}`)
    // busybox's insmod hands the file to the kernel as it is.
    if (file.endsWith('.xz')) await run('sh', '-c', 'xz --decompress --stdout "$1" > "$2"', 'sh', file, plain)
    else await cp(file, plain)
  }
}
