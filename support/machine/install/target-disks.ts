/** The disks onto which a host is installed: by which bus QEMU has them, so that its initrd has the driver and its device the name. */
import { join } from 'node:path'
import { NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'

export type Bus = 'scsi' | 'ahci' | 'nvme' | 'virtio'

export interface TargetDisk {
  /** As the layout names it: `/dev/disk/by-id/nvme-T14`. */
  readonly device: string
  readonly bus: Bus
  /** By which it is found where it is laid out. */
  readonly serial: string
}

/** Names that a disk may have in a layout. */
const NAMES = /^\/dev\/(?:[sv]d[a-z]|nvme\d+n1|disk\/by-id\/(?:ata|nvme|scsi|wwn|virtio)-[\w.+:-]+)$/

/** By which bus a disk comes whose driver is in the initrd; a state of a machine with NVMe cannot be saved by QEMU. */
const BUSES: readonly (readonly [RegExp, Bus])[] = [
  [/^virtio[_-]scsi$/, 'scsi'],
  [/^ahci$/, 'ahci'],
  [/^virtio[_-]blk$/, 'virtio'],
  [/^nvme$/, 'nvme'],
]
const VIRTIO = '/dev/disk/by-id/virtio-'

/** @throws NotSupported for a device that is not emulated, and an initrd without a driver for any that is */
export function targetDisks(
  host: string,
  devices: Readonly<Record<string, string>>,
  drivers: readonly string[],
): readonly TargetDisk[] {
  const usual = BUSES.find(([driver]) => drivers.some(name => driver.test(name)))?.[1]
  return Object.values(devices)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((device, i) => {
      const isNamed = device.startsWith(VIRTIO)
      const bus = isNamed || device.startsWith('/dev/vd') ? 'virtio' : usual
      if (!NAMES.test(device) || bus === undefined) throw notEmulated(host, device, bus)
      return { device, bus, serial: isNamed ? device.slice(VIRTIO.length) : `target${i}` }
    })
}

/** What the kernel calls disks of a bus, in the order in which QEMU has them. */
const KERNEL_NAMES: Readonly<Record<Bus, (at: number) => string>> = {
  scsi: at => `/dev/sd${letter(at)}`,
  ahci: at => `/dev/sd${letter(at)}`,
  virtio: at => `/dev/vd${letter(at)}`,
  nvme: at => `/dev/nvme${at}n1`,
}
const letter = (at: number): string => String.fromCharCode('a'.charCodeAt(0) + at)
/** Links of udev that tell a disk by its hardware, or by where it is plugged in; other ids are of what lies on it. */
const BY_HARDWARE = /^\/dev\/disk\/(?:by-id\/(?:ata|nvme|scsi|wwn|virtio|usb|mmc)-|by-path\/)/

/** The disk that a name is of, or of a partition of which it is; undefined for a name that any disk may have. */
function diskOf(name: string): string | undefined {
  if (BY_HARDWARE.test(name)) return name.replace(/-part\d{1,3}$/, '')
  return (/^(\/dev\/[sv]d[a-z]{1,2})\d{0,3}$/.exec(name) ??
    /^(\/dev\/(?:nvme\d{1,3}n\d{1,3}|mmcblk\d{1,2}))(?:p\d{1,3})?$/.exec(name))?.[1]
}

/**
 * A name of real hardware is a link only while its disk is laid out: what waits for it at the boot waits in vain.
 * @throws NotSupported
 */
export function refuseOtherNames(host: string, waitsFor: readonly string[], disks: readonly TargetDisk[]): void {
  const known = disks.map(disk => nameAtBoot(disk, disks))
  const strange = waitsFor.find(name => {
    const disk = diskOf(name)
    return disk !== undefined && !known.includes(disk)
  })
  if (strange === undefined) return
  throw new NotSupported(
    `Host "${host}" cannot be installed on virtual disks: it waits for ${strange}, which no disk is called there\n${rows(
      {
        Expected: 'a label, a UUID, or a name in /dev/disk/by-partlabel, which disko takes by itself',
        Got: `disks ${known.join(', ')}`,
      },
    )}`.trimEnd(),
  )
}

function nameAtBoot(disk: TargetDisk, disks: readonly TargetDisk[]): string {
  if (disk.device.startsWith(VIRTIO)) return disk.device
  return KERNEL_NAMES[disk.bus](disks.filter(({ bus }) => bus === disk.bus).indexOf(disk))
}

const notEmulated = (host: string, device: string, bus: Bus | undefined): NotSupported =>
  new NotSupported(
    `Host "${host}" cannot be installed on virtual disks: ${device} is not emulated\n${rows({
      Expected: '/dev/sda, /dev/vda, /dev/nvme0n1, or a name in /dev/disk/by-id',
      Got: bus === undefined ? 'an initrd with no driver of these: virtio_scsi, ahci, virtio_blk, nvme' : device,
      Next:
        bus === undefined
          ? 'boot.initrd.availableKernelModules'
          : 'a name by id means one disk only, which no other name does',
    })}`.trimEnd(),
  )

export const diskFile = (dir: string, { serial }: TargetDisk): string => join(dir, `${serial}.qcow2`)

/** An AHCI has a port for each disk. */
const DEVICES: Readonly<Record<Bus, (id: string, port: number) => string[]>> = {
  scsi: id => ['-device', `scsi-hd,bus=targets.0,drive=${id},serial=${id}`],
  ahci: (id, port) => ['-device', `ide-hd,bus=targets-ahci.${port},drive=${id},serial=${id}`],
  nvme: id => ['-device', `nvme,drive=${id},serial=${id}`],
  virtio: id => ['-device', `virtio-blk-pci,drive=${id},serial=${id}`],
}

/** QEMU's arguments for them; the files lie in the folder. */
export const targetOptions = (disks: readonly TargetDisk[], dir: string): string[] => [
  ...(disks.some(({ bus }) => bus === 'scsi') ? ['-device', 'virtio-scsi-pci,id=targets'] : []),
  ...(disks.some(({ bus }) => bus === 'ahci') ? ['-device', 'ich9-ahci,id=targets-ahci'] : []),
  ...disks.flatMap((disk, i) => [
    ...['-drive', `file=${diskFile(dir, disk)},format=qcow2,if=none,id=${disk.serial},discard=unmap`],
    ...DEVICES[disk.bus](disk.serial, i),
  ]),
]
