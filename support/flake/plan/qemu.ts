import { mkdir, readdir, readFile, readlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NixcumberError } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import type { Nix } from '../../nix/evaluate/nix.ts'
import { qemuFolderIn } from '../../nix/tools/find-machine-tools.ts'
import { qemuRoot } from '../../nix/tools/qemu-root.ts'
import type { Subject } from '../subject.ts'

interface Surroundings {
  readonly nix: Nix
  readonly cacheDir: string
  readonly progress: Progress
}

/**
 * The folder of the QEMU that the built machine's script starts, kept from being collected by a link in the cache. Undefined when the script names
 * none by its path in the store, and in the toolbox, which has its own.
 */
export async function qemuOf(vm: string, { nix, cacheDir, progress }: Surroundings): Promise<string | undefined> {
  if (nix.toolchain.origin === 'toolbox') return undefined
  const bin = join(vm, 'bin')
  const script = (await readdir(bin).catch(() => [])).find(name => /^run-.*-vm$/.test(name))
  const folder = script && qemuFolderIn(await readFile(join(bin, script), 'utf8'))
  if (!folder) return undefined
  await keep(dirname(folder), nix, cacheDir).catch(error => {
    // It is there, and no run fails for want of a link.
    progress.note(`QEMU may be collected by Nix's garbage collector before the next run: ${firstLine(error)}`)
  })
  return folder
}

async function keep(path: string, nix: Nix, cacheDir: string): Promise<void> {
  const link = qemuRoot(cacheDir)
  if ((await readlink(link).catch(() => '')) === path) return
  await mkdir(dirname(link), { recursive: true })
  await nix.keep(path, link, { subject: `${path} could not be kept` })
}

/** Builds the QEMU of the nixpkgs that the flake's first host is made of, without that host's overlays: as the caches have it. */
export async function buildQemu(
  subject: Subject,
  { nix, cacheDir, progress }: Surroundings,
): Promise<{ folder: string } | { lack: string }> {
  const task = progress.start("building QEMU of the flake's nixpkgs")
  try {
    const derivation = await subject.qemu()
    if (derivation === undefined) return { lack: 'no host in the flake whose nixpkgs could give one' }
    const link = qemuRoot(cacheDir)
    await mkdir(dirname(link), { recursive: true })
    const path = await nix.build(derivation, link, { subject: "QEMU of the flake's nixpkgs does not build", task })
    return { folder: join(path, 'bin') }
  } catch (error) {
    return { lack: firstLine(error) }
  } finally {
    task.done()
  }
}

function firstLine(error: unknown): string {
  if (error instanceof NixcumberError) return error.message.split('\n')[0] ?? ''
  throw error
}
