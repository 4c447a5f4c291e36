import assert from 'node:assert/strict'
import test from 'node:test'
import { summary, toDifference } from './machine-difference.ts'

const of = (path: string, more: object) =>
  toDifference({ from: 'qemu-vm.nix', path: path.split(' '), host: null, machine: null, ...more } as never)

test('a value that was replaced has both sides and a reason', () =>
  assert.deepEqual(of('networking usePredictableInterfaceNames', { host: 'true', machine: 'false' }), {
    option: 'networking.usePredictableInterfaceNames',
    host: 'true',
    machine: 'false',
    why: 'a network card is called eth0 unless the host names it',
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

test('what has no disk left says so, and not that there could be none', () =>
  assert.equal(
    of('fileSystems /srv/13', { from: 'no room', host: 'ext4 on /dev/sdm' }).why,
    'a virtual machine has disks for twelve further file systems, and this one is beyond them',
  ))

test('a long value is cut for showing, from where the two sides part', () => {
  const [alike, rest] = ['a'.repeat(200), 'b'.repeat(300)]
  const { host, machine } = of('environment etc x', { host: `${alike}1${rest}`, machine: `${alike}2` })
  assert.equal(host, `…${'a'.repeat(20)}1${'b'.repeat(139)}…`)
  assert.equal(machine, `…${'a'.repeat(20)}2`)
  assert.equal(of('environment etc x', { host: rest }).host, `${'b'.repeat(160)}…`)
  assert.equal(of('environment etc x', { host: rest, machine: '' }).machine, '')
  assert.equal(of('boot x', { added: [rest], removed: [] }).machine, `+ ${'b'.repeat(160)}…`)
})

test('the terminal has one line: how much was replaced, and what matters most', () => {
  const rows = [
    of('fileSystems /', { host: 'ext4 on /dev/sda', machine: 'ext4 on /dev/vda' }),
    of('boot initrd kernelModules', { added: ['a'], removed: [] }),
    of('boot loader grub enable', { host: 'true', machine: 'false' }),
    of('fileSystems /mnt/nas', { host: 'nfs on nas:/x' }),
    of('services mystery enable', { host: 'true', machine: 'false' }),
    of('boot loader timeout', { from: 'vmVariant', host: '5', machine: '0' }),
  ]
  assert.deepEqual(summary('t14', rows), [
    'The virtual machine of t14 has 5 options otherwise than the host: services.mystery.enable, boot.loader.timeout, fileSystems."/mnt/nas", and 2 more; report.html lists them',
  ])
  assert.deepEqual(summary('t14', rows.slice(2, 3)), [
    'The virtual machine of t14 has 1 option otherwise than the host: boot.loader.grub.enable; report.html lists them',
  ])
  assert.deepEqual(summary('t14', rows.slice(1, 2)), [])
})
