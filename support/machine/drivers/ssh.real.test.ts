import assert from 'node:assert/strict'
import test from 'node:test'
import { HostKeyChanged, NotSupported } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { PrivateSshd } from '../../shell/ssh/private-sshd.ts'
import { testMachineDriver } from '../contract.ts'
import type { Machine, SshPlan } from '../machine.ts'
import { ssh } from './ssh.ts'

const sshd = await PrivateSshd.start()
test.after(() => sshd[Symbol.asyncDispose]())

const boot = (plan: Partial<SshPlan> = {}): Promise<Machine> =>
  ssh.boot(
    {
      kind: 'ssh',
      name: 't14',
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      identity: sshd.identity,
      fingerprint: sshd.fingerprint,
      ...plan,
    },
    {
      runtimeDir: '/nonexistent',
      evidenceDir: '/nonexistent',
      cache: '/nonexistent',
      deadline: Deadline.after(seconds(30)),
      progress: silentProgress,
      machineTools: () => Promise.reject(new Error('not wanted')),
    },
  )

testMachineDriver({ driver: 'ssh', boot: () => boot(), remains: async () => [], powerless: true })

test('another host key than the given one could not be checked: no expectation failed; it is told', () =>
  assert.rejects(
    boot({ fingerprint: `SHA256:${'A'.repeat(43)}` }),
    (error: unknown) => error instanceof HostKeyChanged && error.shown?.fingerprint === sshd.fingerprint,
  ))

test('it says by which key the host proved who it is', async () => {
  await using machine = await boot()
  assert.deepEqual(machine.hostKey, { type: 'ssh-ed25519', fingerprint: sshd.fingerprint })
})

test('a live host has no console line to ask over', async () => {
  await using machine = await boot()
  await assert.rejects(machine.shell('serial'), NotSupported)
})

test('its ports are its own', async () => {
  await using machine = await boot()
  assert.equal(await machine.probePort(sshd.port, Deadline.after(seconds(5))), 'open')
  assert.equal(await machine.probePort(1, Deadline.after(seconds(5))), 'closed')
})
