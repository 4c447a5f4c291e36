/** What lsblk(8) of any age says, and what no lsblk would. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { disks } from './disks.ts'

const VDA = { name: 'vda', kname: 'vda', path: '/dev/vda', type: 'disk', size: 1, ro: false }
const read = (...devices: readonly object[]) => disks.parse(JSON.stringify({ blockdevices: devices }))

test('numbers and flags of old were words, and a mount stood alone', () => {
  const [vda] = read({ ...VDA, size: '1024', ro: '1', mountpoint: '/', serial: '' })
  assert.deepEqual([vda?.size, vda?.readOnly, vda?.mountPoints, vda?.serial], [1024, true, ['/'], null])
})

test('no mount is none', () => assert.deepEqual(read({ ...VDA, mountpoints: [null] })[0]?.mountPoints, []))

for (const [what, device] of [
  ['without a path, as before util-linux 2.33 and in busybox', { ...VDA, path: undefined }],
  ['of a size that is none', { ...VDA, size: '238.5G' }],
  ['of a size below nothing', { ...VDA, size: -1 }],
  ['of a size that is not whole', { ...VDA, size: 0.5 }],
  ['that is no tree', { ...VDA, children: { vda1: VDA } }],
] as const)
  test(`a device ${what} is none`, () => assert.throws(() => read(device)))

test('no label moves the cursor of the terminal on which it is told', () => {
  const [vda] = read({ ...VDA, label: '\u001b[2J\n', mountpoints: ['/mnt\u001b'], model: 'QEMU\u202e' })
  assert.deepEqual([vda?.label, vda?.mountPoints, vda?.model], ['\ufffd[2J\ufffd', ['/mnt\ufffd'], 'QEMU\ufffd'])
})

test('a tree without an end is refused', () => {
  const deep = `${'{"children":['.repeat(100_000)}${']}'.repeat(100_000)}`
  assert.throws(() => disks.parse(`{"blockdevices":[${deep}]}`))
})

test('more devices than are judged are refused', () => {
  assert.equal(read(...Array.from({ length: 4999 }, () => VDA)).length, 4999)
  assert.throws(() => read(...Array.from({ length: 2600 }, () => ({ ...VDA, children: [VDA] }))), /more devices/)
})
