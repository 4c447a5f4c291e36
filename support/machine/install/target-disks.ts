/** The disks onto which a host is installed: by which bus QEMU has them, so that its initrd has the driver and its device the name. */
import { NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { type Bus, diskOf, type Identity, identityOf } from './disk-identity.ts'

export interface TargetDisk {
  /** As the layout names it: `/dev/disk/by-id/nvme-T14`. */
  readonly device: string
  readonly bus: Bus
  /** Of its file, and QEMU's for it. */
  readonly id: string
  /** By which it is found where it is laid out. */
  readonly serial: string
  /** It is called so by its hardware, at its boot as well. */
  readonly isNamed: boolean
  /** Further properties of QEMU's device. */
  readonly properties: readonly string[]
}

/** What the host's own boot asks of its disks. */
export interface BootNeeds {
  /** Modules of its initrd. */
  readonly drivers: readonly string[]
  /** Devices that it mounts or opens, by its own names for them. */
  readonly waitsFor: readonly string[]
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

/** @throws NotSupported for a device that is not emulated, and an initrd without a driver for any that is */
export function targetDisks(
  host: string,
  devices: Readonly<Record<string, string>>,
  needs: BootNeeds,
): readonly TargetDisk[] {
  const there = BUSES.filter(([driver]) => needs.drivers.some(name => driver.test(name))).map(([, bus]) => bus)
  const disks = Object.values(devices)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((device, i) => targetDisk(host, device, { id: `target${i}`, there, identity: wanted(device, needs) }))
  refuseBeyondPorts(host, disks)
  return disks
}

interface Means {
  readonly id: string
  /** Buses whose drivers are in the initrd. */
  readonly there: readonly Bus[]
  readonly identity: Identity | undefined
}

function targetDisk(host: string, device: string, { id, there, identity }: Means): TargetDisk {
  const called = identity?.buses.find(bus => bus === 'virtio' || there.includes(bus))
  const bus = called ?? (device.startsWith('/dev/vd') ? 'virtio' : there[0])
  if (!NAMES.test(device) || bus === undefined) throw notEmulated(host, device, bus)
  const anonymous = { device, bus, id, serial: id, isNamed: false, properties: [] }
  if (called === undefined || identity === undefined) return anonymous
  const { serial = id, properties } = identity
  return { ...anonymous, isNamed: true, serial, properties }
}

/** A name by which nothing is waited for is a link while its disk is laid out: then it may come by any bus. */
function wanted(device: string, { waitsFor }: BootNeeds): Identity | undefined {
  const identity = identityOf(device)
  return identity?.buses.includes('virtio') || waitsFor.some(name => diskOf(name) === device) ? identity : undefined
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

/** An AHCI has six (ich9-ahci of QEMU). */
const PORTS = 6

function refuseBeyondPorts(host: string, disks: readonly TargetDisk[]): void {
  const beyond = disks.filter(({ bus }) => bus === 'ahci')[PORTS]
  if (beyond === undefined) return
  throw new NotSupported(
    `Host "${host}" cannot be installed on virtual disks: an emulated AHCI has ${PORTS} ports, and ${beyond.device} is one disk more`,
  )
}
