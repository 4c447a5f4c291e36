import { readFile, writeFile } from 'node:fs/promises'
import { execa } from 'execa'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { MachineTools } from '../../nix/toolchain.ts'

export interface Overlay {
  /** Only read from now on. */
  readonly disk: string
  readonly format: 'qcow2' | 'raw'
  /** Whatever the machine writes goes there. */
  readonly overlay: string
}

interface Where {
  readonly tools: MachineTools
  readonly dir: string
}

/** Makes a qcow2 that begins as the disk is (qemu-img(1)). @throws EnvironmentBroken */
export const makeOverlay = ({ disk, format, overlay }: Overlay, where: Where): Promise<void> =>
  create(['-b', disk, '-F', format, overlay], where, `No overlay for ${disk} could be made`)

/** Makes an empty one, which takes no room yet. @throws EnvironmentBroken */
export const makeEmptyDisk = ({ file, gib }: { file: string; gib: number }, where: Where): Promise<void> =>
  create([file, `${gib}G`], where, 'No empty disk could be made')

async function create(words: readonly string[], { tools, dir }: Where, otherwise: string): Promise<void> {
  const argv = ['qemu-img', 'create', '-q', '-f', 'qcow2', ...words] as const
  const { file, args, options } = tools.wrap(argv, { cwd: dir, writable: [dir] })
  const { exitCode, stderr } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
  if (exitCode !== 0) throw new EnvironmentBroken(`${otherwise}: ${stderr}`)
}

/** Bytes by the disk below. An overlay that was never written to is some 200 KiB of tables. */
const made = new Map<string, Promise<Buffer>>()

/** The same for a disk that many machines begin with: qemu-img, a tenth of a second, is called for the first only. @throws EnvironmentBroken */
export async function repeatOverlay(wanted: Overlay, where: Where): Promise<void> {
  const { disk, overlay } = wanted
  const known = made.get(disk)
  if (known) return writeFile(overlay, await known)
  const first = makeOverlay(wanted, where).then(() => readFile(overlay))
  made.set(disk, first)
  first.catch(() => made.delete(disk))
  await first
}
