import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { hasDisk } from '../judge/disks.ts'
import type { Judgement } from '../judgement.ts'
import { device, part, target } from '../testing/facts.ts'
import type { TargetRow, TargetTable } from './row.ts'

const BY_ID = '/dev/disk/by-id/nvme-T14'
const disks = [
  device('/dev/nvme0n1', { children: [part('/dev/nvme0n1p1')] }),
  device('/dev/sda', { size: 0 }),
  device('/dev/sr0', { type: 'rom' }),
]
const links = [
  { link: BY_ID, path: '/dev/nvme0n1' },
  { link: `${BY_ID}-part1`, path: '/dev/nvme0n1p1' },
]
const laptop = target({ disks, links, container: 'none' })
const LVM = device('/dev/mapper/main-root', { name: 'dm-0', type: 'lvm' })
const twin = (path: string, more: Partial<BlockDevice> = {}): BlockDevice =>
  device(path, { serial: '0123456789ABCDEF', model: 'USB_Disk', ...more })
const USB = '/dev/disk/by-id/usb-USB_Disk_0123456789ABCDEF-0:0'
const twins = (a: Partial<BlockDevice>, b: Partial<BlockDevice>): TargetFacts =>
  target({ disks: [twin('/dev/sda', a), twin('/dev/sdb', b)], links: [{ link: USB, path: '/dev/sda' }] })
const BY_PATH = '/dev/disk/by-path/pci-0000:00:14.0-usb-0:1:1.0-scsi-0:0:0:0'
const TWINS_BY_PATH = target({
  disks: [twin('/dev/sda'), twin('/dev/sdb')],
  links: [{ link: BY_PATH, path: '/dev/sda' }],
})
const row = (
  outcome: Judgement['is'],
  what: string,
  [facts, name, least]: readonly [TargetFacts, string, number],
  says?: RegExp,
): TargetRow => [outcome, what, hasDisk(facts, name, least), says]

export const diskRows: TargetTable = {
  'the target has disk {string} of at least {disk-size}': [
    row('held', 'by a name that stays', [laptop, BY_ID, 240e9]),
    row('held', 'by the name that the kernel gives', [laptop, '/dev/nvme0n1', 240e9]),
    row('held', 'just as large', [laptop, BY_ID, 256e9]),
    row('held', 'no program tells of containers', [target({ disks, links }), BY_ID, 240e9]),
    row('not held', 'it is smaller', [laptop, BY_ID, 257e9], /^\/dev\/disk\/by-id\/nvme-T14 has 256 GB$/),
    row(
      'not held',
      'it is not there',
      [laptop, '/dev/disk/by-id/nvme-X1', 1],
      /^there is no \/dev\/disk\/by-id\/nvme-X1$/,
    ),
    row('not held', 'a partition', [laptop, `${BY_ID}-part1`, 1], /is no disk/),
    row('not held', 'a drive without a disk', [laptop, '/dev/sr0', 1], /is no disk/),
    row(
      'not held',
      'it can only be read',
      [target({ disks: [device('/dev/sda', { readOnly: true })] }), '/dev/sda', 1],
      /only be read/,
    ),
    row('held', 'where one of two twins is plugged in', [TWINS_BY_PATH, BY_PATH, 1]),
    row('held', 'two models that have one serial number', [twins({}, { model: 'Other' }), USB, 1]),
    row('held', 'namespaces of one NVMe', [twins({ wwn: 'eui.1' }, { wwn: 'eui.2' }), USB, 1]),
    row(
      'not held',
      'a name of what is put together',
      [
        target({ disks: [device('/dev/sda', { children: [LVM] })], links: [{ link: BY_ID, path: '/dev/dm-0' }] }),
        BY_ID,
        1,
      ],
      /is no disk/,
    ),
    row(
      'unknown',
      'two disks with one serial number',
      [twins({}, {}), USB, 1],
      /^\/dev\/disk\/by-id\/usb-.* leads to \/dev\/sda; \/dev\/sdb has the same serial number/,
    ),
    row(
      'unknown',
      'two ways to one disk',
      [twins({ wwn: '0x5' }, { wwn: '0x5', serial: null }), USB, 1],
      /\/dev\/sdb has the same WWN/,
    ),
    row('unknown', 'no lsblk', [target({ links }, { disks: 'lsblk is not there' }), BY_ID, 1], /^lsblk is not there$/),
    row('unknown', 'no udev', [target({ disks }, { links: 'it has no udev' }), BY_ID, 1], /^it has no udev$/),
    row('unknown', 'a container', [target({ disks, links, container: 'lxc' }), BY_ID, 1], /container \(lxc\)/),
  ],
}
