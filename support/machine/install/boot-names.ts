/** What the disks of an installed machine are called at its boot, and whether that is what the host waits for. */
import { NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { type Bus, diskOf } from './disk-identity.ts'
import type { TargetDisk } from './target-disks.ts'

/** What the kernel calls disks of a bus, in the order in which QEMU has them. */
const KERNEL_NAMES: Readonly<Record<Bus, (at: number) => string>> = {
  scsi: at => `/dev/sd${letter(at)}`,
  ahci: at => `/dev/sd${letter(at)}`,
  virtio: at => `/dev/vd${letter(at)}`,
  nvme: at => `/dev/nvme${at}n1`,
}
const letter = (at: number): string => String.fromCharCode('a'.charCodeAt(0) + at)

/**
 * A name of real hardware that QEMU cannot give is a link only while its disk is laid out: what waits for it at the boot waits in vain.
 * @throws NotSupported
 */
export function refuseOtherNames(host: string, waitsFor: readonly string[], disks: readonly TargetDisk[]): void {
  const known = disks.flatMap(disk => namesAtBoot(disk, disks))
  const strange = waitsFor.find(name => {
    const disk = diskOf(name)
    return disk !== undefined && !known.includes(disk)
  })
  if (strange === undefined) return
  throw new NotSupported(
    `Host "${host}" cannot be installed on virtual disks: it waits for ${strange}, which no disk is called there\n${rows(
      {
        Expected:
          'a label, a UUID, a name in /dev/disk/by-partlabel, which disko takes by itself, or what QEMU can call a disk of the layout: ata-MODEL_SERIAL (with ahci in the initrd), wwn-0x…, scsi-0VENDOR_PRODUCT_SERIAL, virtio-SERIAL',
        Got: `disks ${known.join(', ')}`,
      },
    )}`.trimEnd(),
  )
}

/** Which of two buses the kernel looks through first is not known: both count their disks as sd. */
function namesAtBoot(disk: TargetDisk, disks: readonly TargetDisk[]): string[] {
  const { bus, isNamed, device } = disk
  const alike = disks.filter(other => KERNEL_NAMES[other.bus](0) === KERNEL_NAMES[bus](0))
  const isCounted = alike.every(other => other.bus === bus)
  return [...(isNamed ? [device] : []), ...(isCounted ? [KERNEL_NAMES[bus](alike.indexOf(disk))] : [])]
}
