import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BuildDir } from './build-dir.ts'

/** What the initrd of a host on a disk of its own may need besides busybox, each with its libraries in a folder of its own. */
const PROGRAMS = {
  blkid: 'usr/sbin/blkid',
  mount: 'usr/bin/mount',
  btrfs: 'usr/bin/btrfs',
  cryptsetup: 'usr/sbin/cryptsetup',
  mdadm: 'usr/sbin/mdadm',
  lvm: 'usr/sbin/lvm',
} as const

const LOADER = 'usr/lib64/ld-linux-x86-64.so.2'
const LIBRARIES = 'usr/lib/x86_64-linux-gnu'

/** Opened by name only when a thread ends, so that no program lists it (pthread_cancel(3), libpthread). */
const UNLISTED = ['libgcc_s.so.1']

/** Copies of the programs as they are on the guest's /usr, which is not mounted yet when they are needed. */
export async function addInitrdPrograms(base: BuildDir): Promise<void> {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const into = join(base.folder, 'own-disk/programs', name)
    for (const folder of ['bin', 'lib', 'lib64']) await mkdir(join(into, folder), { recursive: true })
    await copyFile(join(base.root, program), join(into, 'bin', name))
    await copyFile(join(base.root, LOADER), join(into, 'lib64', basename(LOADER)))
    for (const library of await librariesOf(base, program))
      await copyFile(join(base.root, LIBRARIES, library), join(into, 'lib', library))
  }
}

/** As the loader itself finds them (ld.so(8)). */
async function librariesOf({ root, run }: BuildDir, program: string): Promise<string[]> {
  const libraries = join(root, LIBRARIES)
  const listed = await run(join(root, LOADER), '--library-path', libraries, '--list', join(root, program))
  const found = [...listed.matchAll(/ => (\S+)/g)].map(([, file = '']) => basename(file))
  return [...new Set([...found, ...UNLISTED])].filter(name => name !== basename(LOADER))
}
