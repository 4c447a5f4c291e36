import assert from 'node:assert/strict'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import { refuseOtherNames } from './boot-names.ts'
import { targetDisks } from './target-disks.ts'
import { targetOptions } from './target-options.ts'

const AHCI = { drivers: ['ahci'], waitsFor: [] }
const buses = (device: string, ...drivers: string[]) =>
  targetDisks('t14', { main: device }, { drivers, waitsFor: [] }).map(({ bus }) => bus)

test('a disk comes by a bus whose driver the initrd has, whatever it is called', () => {
  for (const device of ['/dev/sda', '/dev/nvme0n1', '/dev/disk/by-id/ata-ST1000', '/dev/disk/by-id/wwn-0x5000']) {
    assert.deepEqual(buses(device, 'nvme', 'ahci', 'virtio_scsi'), ['scsi'])
    assert.deepEqual(buses(device, 'nvme', 'ahci', 'virtio-blk'), ['ahci'])
    assert.deepEqual(buses(device, 'virtio_blk', 'nvme'), ['virtio'])
    assert.deepEqual(buses(device, 'nvme'), ['nvme'])
  }
  assert.deepEqual(buses('/dev/disk/by-id/virtio-data', 'ahci'), ['virtio'])
})

test('disks are told apart by their serials, and have the order of their names', () => {
  const disks = targetDisks('t14', { b: '/dev/sdb', a: '/dev/sda', c: '/dev/disk/by-id/virtio-data' }, AHCI)
  assert.deepEqual(
    disks.map(({ device, id, serial }) => `${device} ${id} ${serial}`),
    ['/dev/disk/by-id/virtio-data target0 data', '/dev/sda target1 target1', '/dev/sdb target2 target2'],
  )
  const options = targetOptions(disks, '/q').join(' ')
  assert.match(options, /-device ich9-ahci,id=targets-ahci /)
  assert.match(options, /file=\/q\/target1.qcow2,.* -device ide-hd,bus=targets-ahci.0,drive=target1,serial=target1/)
  assert.match(options, /-device virtio-blk-pci,drive=target0,serial=data/)
})

for (const [what, device, drivers] of [
  ['a card', '/dev/mmcblk0', ['virtio_blk']],
  ['a partition', '/dev/sda1', ['ahci']],
  ['what is no name of a disk', '/dev/disk/by-id/ata-x,readonly=on', ['ahci']],
  ['an initrd without a driver', '/dev/sda', ['usb_storage']],
] as const)
  test(`not emulated: ${what}`, () =>
    assert.throws(
      () => buses(device, ...drivers),
      (error: unknown) => error instanceof NotSupported && error.message.includes(`${device} is not emulated`),
    ))

test('a virtio disk is one whatever else the initrd has', () => assert.deepEqual(buses('/dev/vda', 'ahci'), ['virtio']))

const waiting = (device: string, waitsFor: string, ...drivers: string[]) =>
  targetDisks('t14', { main: device }, { drivers, waitsFor: [waitsFor] })

for (const [device, drivers, option] of [
  ['ata-Samsung_SSD_860_EVO_S3Z2NB0K', ['ahci'], /ide-hd,.*,serial=S3Z2NB0K,model=Samsung_SSD_860_EVO$/],
  ['wwn-0x5002538e40a1b2c3', ['ahci'], /ide-hd,.*,serial=target0,wwn=0x5002538e40a1b2c3$/],
  ['wwn-0x5002538e40a1b2c3', ['ahci', 'virtio_scsi'], /scsi-hd,.*,serial=target0,wwn=0x5002538e40a1b2c3$/],
  [
    'scsi-0QEMU_QEMU_HARDDISK_12345678',
    ['virtio_scsi'],
    /scsi-hd,.*serial=12345678,vendor=QEMU,product=QEMU_HARDDISK$/,
  ],
  ['scsi-0HC_Volume_12345678', ['virtio_scsi'], /scsi-hd,.*serial=12345678,vendor=HC,product=Volume$/],
  ['virtio-12345678', [], /virtio-blk-pci,drive=target0,serial=12345678$/],
] as const)
  test(`a host that waits for ${device} has a disk of that hardware`, () => {
    const disks = waiting(`/dev/disk/by-id/${device}`, `/dev/disk/by-id/${device}-part2`, ...drivers)
    assert.match(targetOptions(disks, '/q').at(-1) ?? '', option)
  })

test('a disk for whose name nothing waits comes by the bus whose state can be saved', () => {
  const [disk] = waiting('/dev/disk/by-id/ata-ST1000_Z1', '/dev/disk/by-partlabel/root', 'virtio_scsi', 'ahci')
  assert.deepEqual([disk?.bus, disk?.isNamed], ['scsi', false])
})

test('a seventh disk is more than an AHCI has ports for', () => {
  const devices = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => [name, `/dev/sd${name}`]))
  assert.throws(() => targetDisks('t14', devices, AHCI), /\/dev\/sdg is one disk more/)
})

for (const [what, device, name, fits] of [
  ['a label', '/dev/disk/by-id/ata-ST1', '/dev/disk/by-partlabel/disk-main-root', true],
  ['what disko opens', '/dev/disk/by-id/ata-ST1', '/dev/mapper/crypted', true],
  ['an id of what lies on disks', '/dev/sda', '/dev/disk/by-id/md-name-any:0', true],
  ['the same kernel name', '/dev/sda', '/dev/sda2', true],
  ['a virtio disk by its serial', '/dev/disk/by-id/virtio-data1', '/dev/disk/by-id/virtio-data1-part2', true],
  ['a virtio disk', '/dev/vda', '/dev/vda1', true],
  ['an id of hardware', '/dev/disk/by-id/ata-ST1_Z1', '/dev/disk/by-id/ata-ST1_Z1-part2', true],
  ['the whole of it', '/dev/disk/by-id/ata-ST1_Z1', '/dev/disk/by-id/ata-ST1_Z1', true],
  ['an id with no serial number', '/dev/disk/by-id/ata-ST1', '/dev/disk/by-id/ata-ST1-part2', false],
  [
    'a serial number that is too long',
    `/dev/disk/by-id/ata-ST1_${'9'.repeat(21)}`,
    `/dev/disk/by-id/ata-ST1_${'9'.repeat(21)}`,
    false,
  ],
  ['a model of NVMe', '/dev/disk/by-id/nvme-SSD_S1', '/dev/disk/by-id/nvme-SSD_S1-part2', false],
  ['the id of a disk that is not laid out', '/dev/disk/by-id/ata-ST1_Z1', '/dev/disk/by-id/ata-ST1_Z2-part1', false],
  ['a place', '/dev/sda', '/dev/disk/by-path/pci-0000:00:17.0-ata-1-part1', false],
  ['a kernel name of another bus', '/dev/nvme0n1', '/dev/nvme0n1p2', false],
  ['a second disk', '/dev/sda', '/dev/sdb1', false],
  ['another serial', '/dev/disk/by-id/virtio-data', '/dev/disk/by-id/virtio-date', false],
] as const)
  test(`what the host waits for, ${what}: ${fits ? 'is there' : 'is told before anything boots'}`, () => {
    const look = () => refuseOtherNames('t14', [name], waiting(device, name, 'ahci'))
    if (fits) look()
    else assert.throws(look, (error: unknown) => error instanceof NotSupported && error.message.includes(name))
  })

test('where two buses count their disks alike, no kernel name is known', () => {
  const waitsFor = ['/dev/disk/by-id/ata-ST1_Z1']
  const disks = targetDisks(
    't14',
    { a: '/dev/sda', b: '/dev/disk/by-id/ata-ST1_Z1' },
    { drivers: ['ahci', 'virtio_scsi'], waitsFor },
  )
  refuseOtherNames('t14', waitsFor, disks)
  assert.throws(() => refuseOtherNames('t14', ['/dev/sda1'], disks), NotSupported)
})
