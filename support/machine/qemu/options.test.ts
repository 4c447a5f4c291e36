import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import {
  acceleratorOptions,
  agentOptions,
  earlyOptions,
  kernelParameters,
  qmpOptions,
  scriptEnvironment,
} from './options.ts'

const kvm = { name: 'kvm', why: 'KVM works' } as const
const PC = 'exec /nix/store/x-qemu/bin/qemu-kvm -cpu max'
const VIRT = 'exec /nix/store/x-qemu/bin/qemu-system-aarch64 -machine virt'
const tcg = { name: 'tcg', why: 'there is no /dev/kvm' } as const

test('the script of nixpkgs is told which accelerator works', () => {
  const script = 'exec qemu-system-x86_64 -machine accel=kvm:tcg -cpu max'
  assert.deepEqual(acceleratorOptions(script, kvm), ['-machine', 'accel=kvm'])
  assert.deepEqual(acceleratorOptions(script, tcg), ['-machine', 'accel=tcg'])
})

test('a CPU that only KVM has is replaced under emulation', () =>
  assert.deepEqual(acceleratorOptions('qemu-kvm -cpu host', tcg), ['-machine', 'accel=tcg', '-cpu', 'max']))

test('a script that insists on KVM is taken as it is, or refused where KVM does not work', () => {
  assert.deepEqual(acceleratorOptions('qemu -enable-kvm', kvm), [])
  assert.deepEqual(acceleratorOptions('qemu -accel tcg', tcg), [])
  assert.throws(
    () => acceleratorOptions('qemu -enable-kvm', tcg),
    new EnvironmentBroken('The script of the machine insists on KVM, but there is no /dev/kvm'),
  )
})

test('whatever the script keeps lies in the folder of the machine', () => {
  const dir = '/var/tmp/nixcumber-abcdef/m1'
  const env = scriptEnvironment(dir, [...agentOptions(dir), ...earlyOptions(PC, dir), ...qmpOptions(dir)])
  for (const [name, value] of Object.entries(env)) assert.ok(value.includes(dir) || value === '1', name)
  assert.ok([...agentOptions(dir), ...earlyOptions(PC, dir)].every(option => !option.includes(' ')))
})

test('systemd has longer for a start under emulation, and only there', () => {
  assert.ok(kernelParameters(PC, tcg).includes('systemd.default_timeout_start_sec=15min'))
  assert.ok(kernelParameters(PC, kvm).every(parameter => !parameter.startsWith('systemd.')))
  const { QEMU_KERNEL_PARAMS } = scriptEnvironment('/d', [], kernelParameters(PC, tcg))
  assert.match(QEMU_KERNEL_PARAMS ?? '', /^earlycon=\S+ keep_bootcon systemd\.default_timeout_start_sec=15min$/)
})

test('a machine that is no PC has no second port, and its kernel is not told of one', () => {
  assert.notDeepEqual(earlyOptions(PC, '/d'), [])
  assert.deepEqual(earlyOptions(VIRT, '/d'), [])
  assert.deepEqual(kernelParameters(VIRT, kvm), [])
  assert.deepEqual(kernelParameters(VIRT, tcg), ['systemd.default_timeout_start_sec=15min'])
})
