import assert from 'node:assert/strict'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import { refuseOtherNames, targetDisks, targetOptions } from './target-disks.ts'

const buses = (device: string, ...drivers: string[]) =>
  targetDisks('t14', { main: device }, drivers).map(({ bus }) => bus)

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
  const disks = targetDisks('t14', { b: '/dev/sdb', a: '/dev/sda', c: '/dev/disk/by-id/virtio-data' }, ['ahci'])
  assert.deepEqual(
    disks.map(({ device, serial }) => `${device} ${serial}`),
    ['/dev/disk/by-id/virtio-data data', '/dev/sda target1', '/dev/sdb target2'],
  )
  const options = targetOptions(disks, '/q').join(' ')
  assert.match(options, /-device ich9-ahci,id=targets-ahci /)
  assert.match(options, /file=\/q\/target1.qcow2,.* -device ide-hd,bus=targets-ahci.1,drive=target1,serial=target1/)
  assert.match(options, /-device virtio-blk-pci,drive=data,serial=data/)
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

for (const [what, device, name, fits] of [
  ['a label', '/dev/disk/by-id/ata-ST1', '/dev/disk/by-partlabel/disk-main-root', true],
  ['what disko opens', '/dev/disk/by-id/ata-ST1', '/dev/mapper/crypted', true],
  ['an id of what lies on disks', '/dev/sda', '/dev/disk/by-id/md-name-any:0', true],
  ['the same kernel name', '/dev/sda', '/dev/sda2', true],
  ['a virtio disk by its serial', '/dev/disk/by-id/virtio-data1', '/dev/disk/by-id/virtio-data1-part2', true],
  ['a virtio disk', '/dev/vda', '/dev/vda1', true],
  ['an id of real hardware', '/dev/disk/by-id/ata-ST1', '/dev/disk/by-id/ata-ST1-part2', false],
  ['a place', '/dev/sda', '/dev/disk/by-path/pci-0000:00:17.0-ata-1-part1', false],
  ['a kernel name of another bus', '/dev/nvme0n1', '/dev/nvme0n1p2', false],
  ['a second disk', '/dev/sda', '/dev/sdb1', false],
  ['another serial', '/dev/disk/by-id/virtio-data', '/dev/disk/by-id/virtio-date', false],
] as const)
  test(`what the host waits for, ${what}: ${fits ? 'is there' : 'is told before anything boots'}`, () => {
    const disks = targetDisks('t14', { main: device }, ['ahci'])
    const look = () => refuseOtherNames('t14', [name], disks)
    if (fits) look()
    else assert.throws(look, (error: unknown) => error instanceof NotSupported && error.message.includes(name))
  })
