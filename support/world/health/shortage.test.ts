import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Machine } from '../../machine/machine.ts'
import { shortages, tellShortages } from './shortage.ts'

const machine = (name: string, plan: object): Machine =>
  ({ name, plan: { kind: 'nixos-shell', name, ...plan } }) as Machine
const T14 = machine('t14', { memoryMiB: 1024, diskMiB: 4096 })

test('a process that was killed for want of memory is told with the setting, and with what the machine has', () =>
  assert.deepEqual(shortages('[  81.2] Out of memory: Killed process 812 (postgres)', [T14]), [
    't14 has 1024 MiB of memory: if that is too little, machines.t14.memory in nixcumber.config, or the tag @memory:2GiB',
  ]))

test('a full disk is told likewise', () =>
  assert.deepEqual(shortages('initdb: could not write: No space left on device', [T14]), [
    't14 has 4096 MiB of disk: if that is too little, machines.t14.diskSize in nixcumber.config, or the tag @diskSize:8GiB',
  ]))

test('another failure is not', () =>
  assert.deepEqual(shortages('nginx: bind() failed (98: Address already in use)', [T14]), []))

test('what is not booted from the flake cannot be given more here', () =>
  assert.deepEqual(shortages('No space left on device', [machine('live', {})]), []))

test('it stands below the message, once', () => {
  const error = new EnvironmentBroken('Cannot write\n\n  Reason     No space left on device')
  for (let hooks = 0; hooks < 2; hooks++) tellShortages(error, { inPlay: new Map([['t14', T14]]) })
  assert.match(error.message, /device\n\n? *Too little +t14 has 4096 MiB of disk/)
  assert.equal(error.message.match(/Too little/g)?.length, 1)
})
