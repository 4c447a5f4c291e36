import assert from 'node:assert/strict'
import test from 'node:test'
import { replaced, toDifference } from './machine-difference.ts'

const of = (path: string, more: object) =>
  toDifference({ from: 'qemu-vm.nix', path: path.split(' '), host: null, machine: null, ...more } as never)

test('a value that was replaced has both sides and a reason', () =>
  assert.deepEqual(of('networking usePredictableInterfaceNames', { host: 'true', machine: 'false' }), {
    option: 'networking.usePredictableInterfaceNames',
    host: 'true',
    machine: 'false',
    why: 'the one network card is called eth0',
  }))

test('names that are no identifiers are quoted, and a device that cannot be had says so', () =>
  assert.deepEqual(of('fileSystems /mnt/nas', { host: 'nfs on nas:/x' }), {
    option: 'fileSystems."/mnt/nas"',
    host: 'nfs on nas:/x',
    why: 'a virtual machine has no such device',
  }))

test('what was added to a list is marked, and cut where it is long', () => {
  const added = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  assert.equal(
    of('boot initrd kernelModules', { added, removed: ['x'] }).machine,
    '+ a, + b, + c, + d, + e, + f, + 2 more, - x',
  )
})

test('an option that no reason is known for says who set it', () => {
  assert.equal(of('services mystery enable', { host: 'true', machine: 'false' }).why, "NixOS's qemu-vm.nix sets it")
  assert.equal(
    of('networking hostName', { from: 'vmVariant', host: 'a', machine: 'b' }).why,
    "the host's own virtualisation.vmVariant",
  )
})

test('the terminal names what was replaced and not what was added', () => {
  const rows = [
    of('fileSystems /', { host: 'ext4 on /dev/sda', machine: 'ext4 on /dev/vda' }),
    of('boot initrd kernelModules', { added: ['a'], removed: [] }),
    of('swapDevices x', { host: 'swap' }),
  ]
  assert.deepEqual(replaced('t14', rows), [
    'In the virtual machine of t14 fileSystems."/" is ext4 on /dev/vda, not ext4 on /dev/sda; swapDevices.x is not there, not swap',
  ])
  assert.deepEqual(replaced('t14', rows.slice(1, 2)), [])
})
