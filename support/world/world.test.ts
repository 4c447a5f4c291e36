import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationBroken, EnvironmentBroken, UsageError } from '../core/errors.ts'
import { FakeClock } from '../core/time/clock.ts'
import { seconds } from '../core/time/duration.ts'
import { claim } from '../expect/claim.ts'
import { FakeMachine } from '../machine/drivers/fake.ts'
import { LIVE_HOST } from '../machine/drivers/ssh.ts'
import type { Machine } from '../machine/machine.ts'
import { command } from '../probe/command.ts'
import { provideContext } from './context.ts'
import { changes } from './effect.ts'
import { NixWorld } from './world.ts'

const answered = claim({
  wanted: 'an answer',
  missed: 'was not answered',
  holds: ({ exitCode }: { exitCode: number }) => exitCode === 0,
  seen: ({ exitCode }) => `exit code ${exitCode}`,
})

const fake = (name: string, exitCode = 0): FakeMachine =>
  new FakeMachine({ kind: 'fake', name, answering: () => ({ exitCode }) })
const live = (name: string): FakeMachine =>
  Object.assign(fake(name), { plan: { kind: 'ssh', name, host: name, abilities: LIVE_HOST } as const })

function world(machines: readonly Machine[], settings: object = { machines: {} }): NixWorld {
  const clock = new FakeClock()
  provideContext({
    settings,
    clock,
    flakes: {},
    machines: { names: [], get: () => assert.fail(), markDirty() {} },
  } as never)
  const made = new NixWorld({ attach() {}, log() {}, link() {}, parameters: {} } as never)
  for (const machine of machines) made.inPlay.set(machine.name, machine)
  return made
}

test('the only machine needs no name', async () => {
  assert.equal((await world([fake('t14')]).machine()).name, 't14')
})

test('of several machines one must be named, and the names are told', async () => {
  const two = world([fake('web1'), fake('web2')])
  await assert.rejects(two.machine(), /^UsageError: 2 machines are in play.*web1, web2.*on "web1"/s)
  assert.equal((await two.machine('web2')).name, 'web2')
})

test('where a scenario is run for one machine, sentences that name none mean it', async () => {
  const both = world([fake('web1'), fake('db1')])
  both.subject = 'db1'
  assert.equal((await both.machine()).name, 'db1')
  assert.equal((await both.machine('web1')).name, 'web1')
  both.subject = undefined
  await assert.rejects(both.machine(), /2 machines are in play/)
})

test('an unknown machine is refused with the nearest', async () => {
  await assert.rejects(world([fake('web1'), fake('db')]).machine('wbe1'), /Unknown machine "wbe1".*Did you mean +web1/s)
})

test('without any machine it is said how to get one', async () => {
  await assert.rejects(world([]).machine(), /Given machine "NAME" is running/)
})

test('with "now" there is one look, without it many', async () => {
  const machine = fake('t14', 1)
  await assert.rejects(world([machine]).see(command, 'true', answered, { now: true }))
  assert.equal((await machine.shell()).commands.length, 1)
  await assert.rejects(world([machine]).see(command, 'true', answered, { within: seconds(3) }), /within 3 s/)
  assert.ok((await machine.shell()).commands.length > 5)
})

test('a machine that went off ends the wait at once: nothing more will come', async () => {
  const machine = fake('t14')
  machine.become('off')
  await assert.rejects(world([machine]).see(command, 'true', answered, {}), (error: Error) => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(error.message, /^Machine "t14" is off/)
    return true
  })
})

test('a machine that is lost could not be checked', async () => {
  const machine = fake('t14')
  machine.become('lost')
  await assert.rejects(world([machine]).see(command, 'true', answered, {}), EnvironmentBroken)
})

test('a live host that is gone is said to be silent, without a word about machines of ours', async () => {
  const machine = live('t14')
  machine.become('lost')
  await assert.rejects(world([machine]).see(command, 'true', answered, {}), (error: Error) => {
    assert.match(error.message, /Machine "t14" does not answer any more.*Next +see whether it runs/s)
    assert.doesNotMatch(error.message, /QEMU|boots a new one/)
    return error instanceof EnvironmentBroken
  })
})

const stop = changes(async function (this: NixWorld) {
  await this.machine()
})

const allowing = (name: string) => ({ machines: { [name]: { address: 'ssh://x', roles: [], allow: ['changes'] } } })

test('a live host is not changed unless the user named it', async () => {
  await assert.rejects(stop.call(world([live('t14')])), /This step changes "t14", a live host.*--allow t14=changes/s)
  await assert.rejects(stop.call(world([live('t14')], allowing('other'))), UsageError)
  await stop.call(world([live('t14')], allowing('t14')))
  await stop.call(world([fake('t14')]))
})

test('a machine whose driver says nothing of it is not changed either', async () => {
  const strange = Object.assign(fake('box'), { plan: { kind: 'strange', name: 'box' } })
  await assert.rejects(stop.call(world([strange])), /This step changes "box", a live host/)
})

test('after a step that changes, looking is only looking again', async () => {
  const here = world([live('t14')])
  await assert.rejects(stop.call(here))
  assert.equal((await here.machine()).name, 't14')
})
