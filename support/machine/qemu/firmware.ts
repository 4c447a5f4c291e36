/** What starts a machine from its own disks. */
import { join } from 'node:path'
import { execa } from 'execa'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { MachineTools } from '../../nix/toolchain.ts'

export type Firmware = 'BIOS' | 'UEFI'

/** Of Debian's ovmf, in the toolbox. */
const OVMF = '/usr/share/OVMF'

/**
 * QEMU's arguments for it. SeaBIOS is QEMU's own. OVMF has its variables in a file in the folder, which begins empty and is qcow2: states of
 * a machine whose variables are raw can not be saved.
 * @throws EnvironmentBroken
 */
export async function firmwareOptions(
  firmware: Firmware,
  { tools, dir }: { readonly tools: MachineTools; readonly dir: string },
): Promise<string[]> {
  if (firmware === 'BIOS') return []
  const variables = join(dir, 'efi-vars.qcow2')
  const argv = ['qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', `${OVMF}/OVMF_VARS_4M.fd`, variables] as const
  const { file, args, options } = tools.wrap(argv, { cwd: dir, writable: [dir] })
  const { exitCode, stderr } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
  if (exitCode !== 0) throw new EnvironmentBroken(`The variables of UEFI could not be made: ${stderr}`)
  return [
    ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${OVMF}/OVMF_CODE_4M.fd`],
    ...['-drive', `if=pflash,unit=1,format=qcow2,file=${variables}`],
  ]
}
