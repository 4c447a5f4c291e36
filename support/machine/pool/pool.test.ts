import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationBroken, EnvironmentBroken } from '../../core/errors.ts'
import { onDispose } from '../../core/on-dispose.ts'
import { seconds } from '../../core/time/duration.ts'
import { FAKE, FakeMachine } from '../drivers/fake.ts'
import { fingerprint } from '../fingerprint.ts'
import type { FakePlan, Machine, SshPlan } from '../machine.ts'
import { MachinePool } from './pool.ts'

const web: FakePlan = { kind: 'fake', name: 'web', abilities: FAKE }

function pool(onReady: (machine: Machine) => void = () => {}) {
  const notes: string[] = []
  const started: string[] = []
  const start = (what: string) => {
    started.push(what)
    return { update() {}, done() {} }
  }
  const machines = new MachinePool({
    progress: { start, note: text => notes.push(text) },
    evidenceDir: '/nonexistent',
    cache: '/nonexistent',
    bootBudget: seconds(5),
    onReady,
    machineTools: () => Promise.reject(new Error('not wanted')),
  })
  return { machines, notes, started }
}

const asFake = (machine: Machine): FakeMachine => {
  assert.ok(machine instanceof FakeMachine)
  return machine
}

test('a plan is booted once, however often it is asked for', async () => {
  const { machines, started } = pool()
  machines.register(web)
  const [one, two] = await Promise.all([machines.get('web'), machines.get('web')])
  assert.equal(one, two)
  assert.equal(one, await machines.get('web'))
  assert.deepEqual(started, ['booting web'])
})

test('a boot that failed is not tried again', async () => {
  const { machines, started } = pool()
  const failure = new ConfigurationBroken('it panicked')
  machines.register({ ...web, failure } as FakePlan)
  await assert.rejects(machines.get('web'), failure)
  await assert.rejects(machines.get('web'), failure)
  assert.equal(started.length, 1)
})

test('a full disk while booting is the fault of the surroundings', async () => {
  const { machines } = pool()
  const failure = Object.assign(new Error("ENOSPC: no space left on device, mkdir '/var/tmp/x'"), {
    code: 'ENOSPC',
    syscall: 'mkdir',
  })
  machines.register({ ...web, failure } as FakePlan)
  await assert.rejects(
    machines.get('web'),
    /^EnvironmentBroken: Machine "web" could not be booted: the disk is full\n.*Got +ENOSPC.*Next +make room/s,
  )
})

test('a machine that cannot be handed out is ended', async () => {
  const ended: string[] = []
  const { machines } = pool(machine => {
    onDispose(machine, () => void ended.push(machine.name))
    throw new EnvironmentBroken('the record cannot be written')
  })
  machines.register(web)
  await assert.rejects(machines.get('web'), /the record cannot be written/)
  assert.deepEqual(ended, ['web'])
})

test('a name that means another plan from now on gets another machine', async () => {
  const { machines } = pool()
  machines.register(web)
  const before = await machines.get('web')
  machines.register({ ...web, openPorts: [80] } as FakePlan)
  assert.notEqual(await machines.get('web'), before)
  machines.register({ ...web } as FakePlan)
  assert.equal(await machines.get('web'), before)
})

test('an unknown name is refused, with the names there are', async () => {
  const { machines } = pool()
  machines.register(web)
  await assert.rejects(machines.get('wbe'), /Unknown machine "wbe".*Did you mean\s+web/s)
})

test('the machine that was wanted longest ago gives its memory, none that the scenario needs', async () => {
  const { machines, notes } = pool()
  for (const name of ['a', 'b', 'c']) machines.register({ ...web, name } as FakePlan)
  const lease = (id: string) => ({ id, feature: 'x', isolation: 'clean', milestone: false }) as const
  assert.equal(await machines.makeRoom('a'), false)
  const [a, b] = [await machines.get('a', lease('1')), await machines.get('b', lease('2'))]
  await machines.get('a', lease('3'))
  await machines.get('c', lease('3'))
  assert.equal(await machines.makeRoom('d'), true)
  assert.equal(await machines.makeRoom('d'), false)
  assert.deepEqual([await a.state(), await b.state()], ['running', 'off'])
  assert.deepEqual(notes, ['Machine "b" was ended: "d" needs its memory'])
})

test('a machine that was lost is made anew, and that is told', async () => {
  const { machines, notes } = pool()
  machines.register(web)
  const lost = asFake(await machines.get('web'))
  lost.become('lost')
  assert.notEqual(await machines.get('web'), lost)
  assert.deepEqual(notes, ['Machine "web" was lost since it was last used; it is made anew'])
})

test('a machine that was switched off stays the same machine', async () => {
  const { machines } = pool()
  machines.register(web)
  const machine = asFake(await machines.get('web'))
  await machine.power('shutdown')
  assert.equal(await machines.get('web'), machine)
  assert.equal(await machine.state(), 'off')
})

test('in the end every machine is disposed of, and nothing boots any more', async () => {
  const { machines } = pool()
  machines.register(web)
  machines.register({ ...web, name: 'db' } as FakePlan)
  const booted = [asFake(await machines.get('web')), asFake(await machines.get('db'))]
  await machines[Symbol.asyncDispose]()
  for (const machine of booted) assert.equal(await machine.state(), 'off')
  await assert.rejects(machines.get('web'), EnvironmentBroken)
})

test('the same plan has the same fingerprint, whatever the order of its words', () => {
  assert.equal(
    fingerprint({ kind: 'ssh', name: 'a', host: 'h' } as SshPlan),
    fingerprint({ host: 'h', name: 'a', kind: 'ssh' } as SshPlan),
  )
  assert.notEqual(
    fingerprint({ kind: 'ssh', name: 'a', host: 'h' } as SshPlan),
    fingerprint({ kind: 'ssh', name: 'a', host: 'i' } as SshPlan),
  )
})

test('after a milestone that was left out, or not reached, nothing is judged: it would be another machine', async () => {
  const { machines } = pool()
  machines.register(web)
  const after = { id: '1', feature: 'a.feature', isolation: 'clean', milestone: false, afterMilestone: true } as const
  await assert.rejects(machines.get('web', after), /^EnvironmentBroken: The milestone of this feature was not reached/)
  machines.milestoneReached('b.feature')
  await assert.rejects(machines.get('web', after), EnvironmentBroken)
  machines.milestoneReached('a.feature')
  await machines.get('web', after)
})
