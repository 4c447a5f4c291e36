import assert from 'node:assert/strict'
import test from 'node:test'
import type { EvaluatedMachine } from '../plan/evaluated-machine.ts'
import { otherwise } from './otherwise.ts'

const evaluated: EvaluatedMachine = {
  vm: '/nix/store/vm.drv',
  disks: [],
  storeImage: '/nix/store/maker.drv',
  costlyStore: false,
  system: 'x86_64-linux',
  trees: [],
  memoryMiB: 1024,
  cores: 1,
  diskMiB: 4096,
  vmVariant: null,
  differences: [],
  secrets: { found: [], unknown: [] },
  network: null,
  sshd: false,
  sshPort: 22,
  sshForbidden: [],
}

test('of a machine that is as its host nothing is said', () =>
  assert.deepEqual(otherwise('t14', evaluated, []), { notes: [], differences: [], missingSecrets: [] }))

test('what is handed over stands in the report', () =>
  assert.deepEqual(otherwise('t14', evaluated, ['/key']).differences, [
    { option: '/key', machine: 'a file handed over', why: 'machines.NAME.files of the configuration' },
  ]))

test('where options cannot be compared there is no table', () =>
  assert.equal(otherwise('t14', { ...evaluated, differences: null }, ['/key']).differences, undefined))

test('a store that its script copies at each boot is told with what that costs', () =>
  assert.match(
    otherwise('t14', { ...evaluated, storeImage: null, costlyStore: true }, []).notes[0] ?? '',
    /^The virtual machine of t14 copies its whole store into an image at each boot, .* each saved state holds that image/,
  ))
