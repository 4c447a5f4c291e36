/** QEMU's arguments for the disks of an installed machine. */
import { join } from 'node:path'
import type { Bus } from './disk-identity.ts'
import type { TargetDisk } from './target-disks.ts'

export const diskFile = (dir: string, { id }: Pick<TargetDisk, 'id'>): string => join(dir, `${id}.qcow2`)

/** An AHCI has a port for each disk. */
const DEVICES: Readonly<Record<Bus, (port: number) => string>> = {
  scsi: () => 'scsi-hd,bus=targets.0',
  ahci: port => `ide-hd,bus=targets-ahci.${port}`,
  nvme: () => 'nvme',
  virtio: () => 'virtio-blk-pci',
}

/** The files lie in the folder. */
export function targetOptions(disks: readonly TargetDisk[], dir: string): string[] {
  const ahci = disks.filter(({ bus }) => bus === 'ahci')
  return [
    ...(disks.some(({ bus }) => bus === 'scsi') ? ['-device', 'virtio-scsi-pci,id=targets'] : []),
    ...(ahci.length > 0 ? ['-device', 'ich9-ahci,id=targets-ahci'] : []),
    ...disks.flatMap(disk => [
      ...['-drive', `file=${diskFile(dir, disk)},format=qcow2,if=none,id=${disk.id},discard=unmap`],
      ...['-device', deviceOf(disk, ahci.indexOf(disk))],
    ]),
  ]
}

const deviceOf = ({ bus, id, serial, properties }: TargetDisk, port: number): string =>
  [DEVICES[bus](port), `drive=${id}`, `serial=${serial}`, ...properties].join(',')
