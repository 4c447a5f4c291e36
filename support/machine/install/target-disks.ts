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

/** Names that a disk may have in a layout. Of `vd` the machine that lays them out has its own. */
const NAMES = /^\/dev\/(?:sd[a-z]|nvme\d+n1|disk\/by-id\/(?:ata|nvme|scsi|wwn|virtio)-[\w.+:-]+)$/

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
      const isVirtio = device.startsWith(VIRTIO)
      const bus = isVirtio ? 'virtio' : usual
      if (!NAMES.test(device) || bus === undefined) throw notEmulated(host, device, bus)
      return { device, bus, serial: isVirtio ? device.slice(VIRTIO.length) : `target${i}` }
    })
}

const notEmulated = (host: string, device: string, bus: Bus | undefined): NotSupported =>
  new NotSupported(
    `Host "${host}" cannot be installed on virtual disks: ${device} is not emulated\n${rows({
      Expected: '/dev/sda, /dev/nvme0n1, or a name in /dev/disk/by-id',
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
