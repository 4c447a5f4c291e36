import assert from 'node:assert/strict'
import test from 'node:test'
import { parseTarget, type TargetFacts } from '../../target/facts.ts'
import { HELD, notHeld } from '../../target/judgement.ts'
import { KernelModules } from '../../target/modules/kernel-modules.ts'
import { device, target } from '../../target/testing/facts.ts'
import { MODULES, NVME, VIRTIO } from '../../target/testing/hardware.ts'
import { targetSchema } from './bound-target.ts'
import { type HostInputs, preflight } from './preflight.ts'

const NOTHING = parseTarget({ stdout: Buffer.alloc(0) })
const NO_MODULES = { 'modules.alias': '', 'modules.dep': '', 'modules.builtin': '', 'modules.builtin.modinfo': '' }
const LAYOUT = {
  disks: [{ name: 'main', device: '/dev/sda', wiped: true, content: null }],
  ...{ partitionLabels: [], arrays: [], groups: [], pools: [], unbacked: [], strange: [] },
}
const HOST: HostInputs = {
  needs: {
    system: 'x86_64-linux',
    boot: { loaders: ['systemd-boot'], uefi: true, bios: false, is64Bit: true, isSigned: false },
    ...{ initrdModules: [], blacklisted: [], sshd: true, hostKeys: [], keepsEtcSsh: true },
    network: { claims: [], gateways: [], onLink: [], named: [], dynamic: true, predictable: true },
  },
  layout: LAYOUT,
  modules: { is: new KernelModules(NO_MODULES) },
  script: 1024,
  entry: HELD,
}
const DYNAMIC = { address: '192.0.2.7', prefix: 24, isDynamic: true, scope: 'global' }
const DISKS = { main: '/dev/sda' }
const by = (
  facts: Partial<TargetFacts>,
  host: Partial<HostInputs> = {},
  disks: Readonly<Record<string, string>> = DISKS,
) => new Map(preflight({ ...NOTHING, ...facts }, disks, { ...HOST, ...host }).map(each => [each.what, each]))

test('all that the host needs is asked, and what is not seen is not known', () => {
  const found = by({})
  assert.deepEqual(
    [...found.keys()],
    [
      ...['architecture', 'boot mode', 'disk main', 'what hangs on its disks', 'drivers', 'network', 'your key'],
      ...['kexec', 'memory for the installer'],
    ],
  )
  for (const [what, { outcome }] of found) assert.equal(outcome, what === 'your key' ? 'held' : 'unknown', what)
  assert.doesNotThrow(() => targetSchema.shape.preflight.parse([...found.values()]))
})

test('what becomes of disks without a layout is not known', () => {
  const told = by({}, { layout: null }).get('what hangs on its disks')
  assert.deepEqual([told?.outcome, told?.said.includes('no layout')], ['unknown', true])
})

test('a target that fits is held to be so in everything', () => {
  const fits = target({
    ...{ container: 'none', virtualization: 'none', userId: 0, machine: 'x86_64', swaps: [], volumes: [] },
    ...{ namespaceMounts: [], openDevices: [], deviceExports: [] },
    firmware: { is: 'UEFI', bits: 64, secureBoot: { is: false } },
    os: { id: 'nixos', idLike: [], variantId: 'installer' },
    memory: { total: 8e9, available: 8e9 },
    disks: [device('/dev/nvme0n1', { serial: 'S4EWNX0R' })],
    links: [{ link: '/dev/disk/by-id/nvme-1', path: '/dev/nvme0n1' }],
    modaliases: [...VIRTIO, ...NVME],
    network: [{ name: 'eth0', type: 'ether', mac: '96:00:01:02:03:04', isUp: true, addresses: [DYNAMIC] }],
    cards: [{ name: 'eth0', predicted: ['enp1s0'] }],
    routes4: [{ to: 'default', gateway: '192.0.2.1', link: 'eth0', isOnLink: false }],
    routes6: [],
  })
  const disk = { name: 'main', device: '/dev/disk/by-id/nvme-1', wiped: true, content: null }
  const host = {
    ...HOST,
    needs: { ...HOST.needs, initrdModules: ['nvme'] },
    layout: { ...LAYOUT, disks: [disk] },
    modules: { is: MODULES },
  }
  const found = preflight(fits, { main: disk.device }, host)
  assert.deepEqual(
    found.filter(({ outcome }) => outcome !== 'held'),
    [],
  )
  assert.equal(found.length, 9)
})

test('a disk must have room for all partitions that have a size', () => {
  const facts = { disks: { is: [device('/dev/sda', { size: 32e9 })] } }
  const partitions = ['1G', '64G'].map(size => ({ name: null, type: '8300', size, content: null }))
  const content = { type: 'gpt', partitions } as const
  const large = { ...LAYOUT, disks: [{ name: 'main', device: '/dev/sda', wiped: true, content }] }
  assert.equal(by(facts).get('disk main')?.outcome, 'held')
  assert.equal(by(facts, { layout: large }).get('disk main')?.said, '/dev/sda has 32 GB (expected: 69.8 GB or more)')
})

test('of a host that is not laid out no disk is asked for, and no installer', () => {
  const found = by({}, { layout: null, script: null }, {})
  assert.deepEqual([...found.keys()], ['architecture', 'boot mode', 'drivers', 'network', 'your key'])
})

test('what holds and what does not is told in one line', () => {
  const found = by(
    { machine: { is: 'aarch64' } },
    { entry: notHeld('your key\ndoes not get in', { expected: 'root' }) },
  )
  assert.deepEqual(found.get('architecture'), {
    ...{ what: 'architecture', outcome: 'not held', said: 'the target is aarch64 (expected: x86_64-linux)' },
  })
  assert.equal(found.get('your key')?.said, 'your key does not get in (expected: root)')
  assert.equal(by({ machine: { is: 'x86_64' } }).get('architecture')?.outcome, 'held')
})

test('without the modules of the host nothing is known of drivers', () =>
  assert.equal(by({}, { modules: { unknown: 'the path is gone' } }).get('drivers')?.said, 'the path is gone'))
