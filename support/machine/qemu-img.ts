import { execa } from 'execa'
import { EnvironmentBroken } from '../core/errors.ts'
import type { Toolchain } from '../nix/toolchain.ts'

export interface Overlay {
  /** Only read from now on. */
  readonly disk: string
  readonly format: 'qcow2' | 'raw'
  /** Whatever the machine writes goes there. */
  readonly overlay: string
}

/** Makes a qcow2 that begins as the disk is (qemu-img(1)). @throws EnvironmentBroken */
export async function makeOverlay(
  { disk, format, overlay }: Overlay,
  { toolchain, dir }: { readonly toolchain: Toolchain; readonly dir: string },
): Promise<void> {
  const argv = ['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', disk, '-F', format, overlay] as const
  const { file, args, options } = toolchain.wrap(argv, { cwd: dir, writable: [dir] })
  const { exitCode, stderr } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
  if (exitCode !== 0) throw new EnvironmentBroken(`No overlay for ${disk} could be made: ${stderr}`)
}
