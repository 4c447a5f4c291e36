import assert from 'node:assert/strict'
import test from 'node:test'
import type { BlockDevice } from '../../target/facts/disks.ts'
import { HELD, notHeld } from '../../target/judgement.ts'
import { device, needs, part, target } from '../../target/testing/facts.ts'
import { I225, MODULES, NVME, REALTEK, VIRTIO } from '../../target/testing/hardware.ts'
import type { HostInputs } from './preflight.ts'
import { preflightOfSwitch } from './preflight-switch.ts'

const HOST: HostInputs = {
  ...{ needs: needs({ initrdModules: ['nvme'] }), layout: null, modules: { is: MODULES }, script: null, entry: HELD },
}
const disk = (more: Partial<BlockDevice> = {}) =>
  device('/dev/nvme0n1', { children: [part('/dev/nvme0n1p2', { name: 'nvme0n1p2', number: '259:2', ...more })] })
const mount = (number: string, source: string, point = '/') => ({
  program: 'systemd',
  process: 1,
  number,
  source,
  point,
})
const RUNS = {
  ...{ container: 'none', userId: 0, machine: 'x86_64', modaliases: [...VIRTIO, ...NVME] },
  firmware: { is: 'UEFI', bits: 64, secureBoot: { is: false } },
  disks: [disk(), device('/dev/sda', { number: '8:0', fileSystem: 'ext4' })],
  namespaceMounts: [mount('259:2', '/dev/nvme0n1p2'), mount('8:0', '/dev/sda', '/srv')],
} as const

/** What does not hold, and how it is said. */
const said = (more: Parameters<typeof target>[0] = {}, host: Partial<HostInputs> = {}, goesBack = true) =>
  preflightOfSwitch(target({ ...RUNS, ...more }), { ...HOST, ...host }, goesBack)
    .filter(({ outcome }) => outcome !== 'held')
    .map(one => `${one.what}, ${one.outcome}: ${one.said}`)
    .join('\n')
const asked = (more: Parameters<typeof target>[0], goesBack: boolean) =>
  preflightOfSwitch(target({ ...RUNS, ...more }), HOST, goesBack).map(({ what }) => what)

test('what would not show before the next boot is asked, and what has no way back by itself', () => {
  assert.deepEqual(asked({}, true), ['architecture', 'boot mode', 'drivers'])
  assert.deepEqual(asked({}, false), ['architecture', 'boot mode', 'drivers', 'your key', 'network'])
  assert.deepEqual(asked({ container: 'lxc' }, true), ['architecture'])
  assert.deepEqual(asked({ container: 'lxc' }, false), ['architecture', 'your key'])
})

test('a computer that will boot it', () => {
  assert.equal(said(), '')
  const zfs = [disk({ fileSystem: 'zfs_member', label: 'zroot' })]
  assert.equal(said({ disks: zfs, namespaceMounts: [mount('0:25', 'zroot/root')] }), '')
  assert.equal(said({ namespaceMounts: [mount('0:30', 'tmpfs'), mount('0:31', '/dev/nvme0n1p2', '/nix')] }), '')
})

test('a loader of which the firmware is not known is the one that it boots by', () => {
  const boot = { loaders: ['generic-extlinux'], uefi: false, bios: false, is64Bit: true, isSigned: false }
  assert.equal(said({}, { needs: needs({ initrdModules: ['nvme'], boot }) }), '')
})

for (const [what, more, host, words] of [
  ['it has booted by BIOS', { firmware: { is: 'BIOS' } }, {}, /^boot mode, not held: the target has booted by BIOS/],
  ['its disk is not in the initrd', {}, { needs: needs({}) }, /^drivers, not held: .*nvme is not in the initrd/],
  [
    'its card has no driver',
    { modaliases: [...REALTEK, ...NVME] },
    {},
    /^drivers, not held: eth0: the kernel has no driver/,
  ],
  [
    'a pool on a disk that the initrd does not drive',
    { disks: [disk({ fileSystem: 'zfs_member', label: 'z' })], namespaceMounts: [mount('0:25', 'z/root')] },
    { needs: needs({}) },
    /nvme is not in the initrd/,
  ],
  [
    'it runs from nothing that has a disk',
    { namespaceMounts: [mount('0:30', 'server:/srv')] },
    {},
    /^drivers, unknown: on which disks it runs is not told$/,
  ],
  [
    'mounts of another process alone',
    { namespaceMounts: [{ ...mount('259:2', '/dev/nvme0n1p2'), process: 7 }] },
    {},
    /on which disks it runs is not told/,
  ],
  [
    'it is another kind of computer',
    { machine: 'aarch64', modaliases: [...I225, ...NVME] },
    {},
    /^architecture, not held/,
  ],
] as const)
  test(`not told before its next boot: ${what}`, () => assert.match(said(more, host), words))

test('without a way back the key must get in', () => {
  const entry = notHeld('simon: it has no key')
  assert.equal(said({}, { entry }, true), '')
  assert.match(said({}, { entry }, false), /^your key, not held: simon: it has no key$/m)
})
