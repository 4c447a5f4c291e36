/** Which boot loader a machine has, and what it starts. Pure. */
import type { Fact } from '../fact.ts'
import type { Booting } from './boot-entry.ts'
import { unknownEntry } from './boot-entry.ts'
import { type BootFiles, GRUB } from './boot-files.ts'
import { entryOfGrub } from './grub.ts'
import { entryOfSystemdBoot, variableText } from './systemd-boot.ts'

/** The loader is that of the present boot, which says so to UEFI (Boot Loader Interface); with BIOS there is GRUB alone. */
export function bootingOf(files: BootFiles): Fact<Booting> {
  const [closed] = files.closed
  if (closed !== undefined) return unknownEntry(`${closed} may not be read: ask as root`)
  if (files.isUefi && files.variables === undefined) return unknownEntry('the variables of UEFI are not to be seen')
  if (files.variables?.has('BootNext')) return unknownEntry('the firmware starts something else once (BootNext)')
  const info = variableText(files, 'LoaderInfo')
  if (info?.startsWith('systemd-boot')) return of('systemd-boot', entryOfSystemdBoot(files))
  if (info !== undefined && !info.startsWith('GRUB'))
    return unknownEntry(`the boot loader is ${info}, which is not known here`)
  if (files.texts.has(`${GRUB}/grub.cfg`)) return of('GRUB', entryOfGrub(files))
  return unknownEntry('neither systemd-boot nor GRUB has started it: of other boot loaders nothing is known here')
}

const of = (loader: Booting['loader'], entry: ReturnType<typeof entryOfGrub>): Fact<Booting> =>
  'unknown' in entry ? entry : { is: { loader, entry: entry.is } }
