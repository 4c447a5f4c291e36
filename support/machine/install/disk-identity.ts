/** What real disks are called by their hardware, and QEMU can call its own: udev gives them the same links then, in an initrd as well. */

export type Bus = 'scsi' | 'ahci' | 'nvme' | 'virtio'

export interface Identity {
  /** By which it has to come; one of them. */
  readonly buses: readonly Bus[]
  /** Left out where any serial number will do. */
  readonly serial?: string
  /** Further properties of QEMU's device. */
  readonly properties: readonly string[]
}

type Parts = readonly string[]

/**
 * Links of udev's 60-persistent-storage.rules. QEMU keeps 20 letters of a serial number; a name of SCSI has its vendor and product filled up with
 * blanks to 8 and 16 letters, which udev makes one underscore. Models of NVMe are not among them: QEMU's have one of their own.
 */
const LINKS: readonly (readonly [RegExp, (parts: Parts) => Identity])[] = [
  [/^virtio-([\w.+:-]{1,20})$/, ([serial = '']) => ({ buses: ['virtio'], serial, properties: [] })],
  [
    /^ata-([\w.+:-]{1,40})_([A-Za-z0-9.+:-]{1,20})$/,
    ([model, serial = '']) => ({ buses: ['ahci'], serial, properties: [`model=${model}`] }),
  ],
  [
    /^scsi-0([A-Za-z0-9.+:-]{1,7})_([\w.+:-]{1,15})_([A-Za-z0-9.+:-]{1,20})$/,
    ([vendor, product, serial = '']) => ({
      ...{ buses: ['scsi'], serial },
      properties: [`vendor=${vendor}`, `product=${product}`],
    }),
  ],
  [/^wwn-(0x[0-9a-f]{16})$/, ([wwn]) => ({ buses: ['scsi', 'ahci'], properties: [`wwn=${wwn}`] })],
]

const BY_ID = '/dev/disk/by-id/'

/** Undefined for a name that QEMU cannot give. */
export function identityOf(device: string): Identity | undefined {
  if (!device.startsWith(BY_ID)) return undefined
  const name = device.slice(BY_ID.length)
  for (const [pattern, identity] of LINKS) {
    const [, ...parts] = pattern.exec(name) ?? []
    if (parts.length > 0) return identity(parts)
  }
  return undefined
}

/** Links of udev that tell a disk by its hardware, or by where it is plugged in; other ids are of what lies on it. */
const BY_HARDWARE = /^\/dev\/disk\/(?:by-id\/(?:ata|nvme|scsi|wwn|virtio|usb|mmc)-|by-path\/)/

/** The disk that a name is of, or of a partition of which it is; undefined for a name that any disk may have. */
export function diskOf(name: string): string | undefined {
  if (BY_HARDWARE.test(name)) return name.replace(/-part\d{1,3}$/, '')
  return (/^(\/dev\/[sv]d[a-z]{1,2})\d{0,3}$/.exec(name) ??
    /^(\/dev\/(?:nvme\d{1,3}n\d{1,3}|mmcblk\d{1,2}))(?:p\d{1,3})?$/.exec(name))?.[1]
}
