import assert from 'node:assert/strict'
import test from 'node:test'
import type { BlockDevice } from '../../target/facts/disks.ts'
import { shownDisks } from './disk-page.ts'

const device = (path: string, more: Partial<BlockDevice> = {}): BlockDevice => ({
  ...{ name: path.slice(5), path, type: 'disk', size: 4 * 1024 ** 3, readOnly: false, serial: null, wwn: null },
  ...{ model: null, transport: null, partLabel: null, tableUuid: null, fileSystem: null, uuid: null, label: null },
  ...{ mountPoints: [], children: [], number: null },
  ...more,
})

test('disks that are wiped come first, each with what lies on it, as deep as it goes', () => {
  const crypt = device('/dev/mapper/home', { type: 'crypt', fileSystem: 'ext4', label: 'home', mountPoints: ['/home'] })
  const devices = [
    device('/dev/sda', { serial: 'DATA', fileSystem: 'LVM2_member' }),
    device('/dev/loop0', { type: 'loop' }),
    device('/dev/sdb', {
      ...{ model: 'QEMU HARDDISK ', serial: ' SYSTEM', wwn: '0x5000', tableUuid: '1f2e' },
      children: [
        device('/dev/sdb1', { type: 'part' }),
        device('/dev/sdb2', { type: 'part', fileSystem: 'crypto_LUKS', children: [crypt] }),
      ],
    }),
    device('/dev/sdc'),
  ]
  assert.equal(
    shownDisks(devices, ['/dev/sdb']),
    [
      'WIPED /dev/sdb, 4.0 GiB, QEMU HARDDISK, serial SYSTEM, WWN 0x5000, partition table 1f2e',
      '  /dev/sdb1, 4.0 GiB, no file system',
      '  /dev/sdb2, 4.0 GiB, crypto_LUKS',
      '    /dev/mapper/home, 4.0 GiB, ext4 "home", in use at /home',
      'kept  /dev/sda, 4.0 GiB, serial DATA',
      '  LVM2_member',
      'kept  /dev/sdc, 4.0 GiB, no serial number',
      '  nothing that lsblk knows',
    ].join('\n'),
  )
})
