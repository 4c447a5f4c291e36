import assert from 'node:assert/strict'
import test from 'node:test'
import { argv } from '../../core/command.ts'
import { seconds } from '../../core/duration.ts'
import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { FakeMachine } from '../drivers/fake.ts'
import type { Visit } from '../lease.ts'
import type { Machine } from '../machine.ts'
import { Stay } from './slot.ts'

function stay({ spares = false, unsaveable = false, isLive = false } = {}) {
  const notes: string[] = []
  const boots: boolean[] = []
  const prepared: string[] = []
  const subject = new Stay({
    name: 'web',
    isLive,
    async boot(anew) {
      boots.push(anew)
      const machine = new FakeMachine({ kind: 'fake', name: 'web' })
      machine.states.prepare = name => void prepared.push(name)
      if (unsaveable) machine.states.save = () => Promise.reject(new NotSupported('a 9p mount forbids it'))
      return machine
    },
    note: text => void notes.push(text),
    roomForSpare: () => spares,
  })
  return { subject, notes, boots, prepared }
}

let count = 0
const visit = (given: Partial<Visit> = {}): Visit => ({
  id: `scenario ${++count}`,
  feature: 'web.feature',
  wants: 'clean',
  milestone: false,
  ...given,
})

/** Which boot the machine is in: a fake reboots, and a restore takes it back. */
async function boot(machine: Machine): Promise<string> {
  const shell = await machine.shell('serial')
  return (await shell.run(argv('cat', '/proc/sys/kernel/random/boot_id'), { attempt: seconds(1) })).stdout
    .toString()
    .trim()
}

async function change(subject: Stay, machine: Machine): Promise<void> {
  await subject.touched(machine)
  await machine.power('reboot', undefined as never)
}

test('a scenario that only looks costs nothing', async () => {
  const { subject, boots } = stay()
  const machine = await subject.enter(visit())
  assert.equal(await subject.enter(visit()), machine)
  assert.equal(machine.states?.has('ready'), false)
  assert.deepEqual(boots, [false])
})

test('what a scenario has changed the next one does not see', async () => {
  const { subject, boots } = stay()
  const machine = await subject.enter(visit())
  await change(subject, machine)
  assert.equal(await boot(await subject.enter(visit())), 'boot-1')
  assert.deepEqual(boots, [false])
})

test('within one scenario the change stays, however often the machine is asked for', async () => {
  const { subject } = stay()
  const mine = visit()
  await change(subject, await subject.enter(mine))
  assert.equal(await boot(await subject.enter(mine)), 'boot-2')
  assert.equal(await boot(await subject.enter()), 'boot-2')
})

test('@shared: as the scenario before left it, but only in the same feature', async () => {
  const { subject } = stay()
  await change(subject, await subject.enter(visit({ wants: 'shared' })))
  assert.equal(await boot(await subject.enter(visit({ wants: 'shared' }))), 'boot-2')
  assert.equal(await boot(await subject.enter(visit({ wants: 'shared', feature: 'other.feature' }))), 'boot-1')
})

test('@fresh: it really boots', async () => {
  const { subject, boots } = stay()
  const before = await subject.enter(visit())
  assert.notEqual(await subject.enter(visit({ wants: 'fresh' })), before)
  assert.equal(await before.state(), 'off')
  assert.deepEqual(boots, [false, true])
})

test('@milestone: the scenarios after it in the feature begin where it ended, those of others do not', async () => {
  const { subject } = stay()
  const machine = await subject.enter(visit({ milestone: true }))
  await change(subject, machine)
  await subject.milestone(machine, true)
  await change(subject, await subject.enter(visit()))
  assert.equal(await boot(machine), 'boot-3')
  assert.equal(await boot(await subject.enter(visit())), 'boot-2')
  assert.equal(await boot(await subject.enter(visit({ feature: 'other.feature' }))), 'boot-1')
  assert.equal(await boot(await subject.enter(visit())), 'boot-2')
})

test('a milestone that was not reached: those after it could not be checked, others can', async () => {
  const { subject } = stay()
  const machine = await subject.enter(visit({ milestone: true }))
  await subject.milestone(machine, false)
  await assert.rejects(
    subject.enter(visit()),
    (error: Error) =>
      error instanceof EnvironmentBroken && /milestone of this feature was not reached/.test(error.message),
  )
  assert.equal(await subject.enter(visit({ feature: 'other.feature' })), machine)
})

test('a milestone is gone with the machine that had it', async () => {
  const { subject } = stay()
  const machine = await subject.enter(visit({ milestone: true }))
  await subject.touched(machine)
  await subject.milestone(machine, true)
  await subject.enter(visit({ wants: 'fresh' }))
  await assert.rejects(subject.enter(visit()), /milestone of this feature is gone.*booted anew/s)
})

test('a machine whose state cannot be saved is booted anew after a change, and once is said why', async () => {
  const { subject, boots, notes } = stay({ unsaveable: true })
  for (const _ of [1, 2]) await change(subject, await subject.enter(visit()))
  await subject.enter(visit())
  assert.deepEqual(boots, [false, true, true])
  assert.deepEqual(notes, ['Machine "web" is booted anew after each scenario that changes it. a 9p mount forbids it'])
})

test('one that cannot be taken back is booted anew, and that is told', async () => {
  const { subject, boots, notes } = stay()
  const machine = await subject.enter(visit())
  await change(subject, machine)
  Object.assign(machine.states ?? {}, { restore: () => Promise.reject(new EnvironmentBroken('no room\nmore')) })
  assert.notEqual(await subject.enter(visit()), machine)
  assert.deepEqual(boots, [false, true])
  assert.deepEqual(notes, ['Machine "web" could not be taken back: no room; it is booted anew'])
})

test('where there is room a spare is woken with the first change, of the state that will be wanted', async () => {
  const { subject, prepared } = stay({ spares: true })
  const machine = await subject.enter(visit())
  await subject.touched(machine)
  await subject.touched(machine)
  assert.deepEqual(prepared, ['ready'])
  await subject.enter(visit())
  assert.deepEqual(prepared, ['ready', 'ready'])
})

test('a machine that was made to panic is taken back without a word; one that was lost is told', async () => {
  const { subject, notes } = stay()
  const machine = await subject.enter(visit())
  assert.ok(machine instanceof FakeMachine)
  await subject.touched(machine)
  machine.become('panicked')
  assert.equal(await (await subject.enter(visit())).state(), 'running')
  assert.deepEqual(notes, [])
  machine.become('lost')
  assert.equal(await (await subject.enter(visit())).state(), 'running')
  assert.deepEqual(notes, ['Machine "web" was lost since it was last used; it is made anew'])
})

test('a machine that did not answer is taken back, though nothing has changed it', async () => {
  const { subject } = stay()
  const machine = await subject.enter(visit())
  await machine.states?.save('ready')
  await machine.power('reboot', undefined as never)
  await subject.doubted(machine)
  assert.equal(await boot(await subject.enter(visit())), 'boot-1')
})

test('a live host is asked nothing between scenarios, and only after a doubt whether it is there', async () => {
  const { subject, boots } = stay({ isLive: true })
  const machine = await subject.enter(visit())
  let asked = 0
  machine.state = async () => {
    asked += 1
    return 'running'
  }
  await change(subject, machine)
  assert.equal(await subject.enter(visit()), machine)
  assert.equal(asked, 0)
  await subject.doubted(machine)
  assert.equal(await subject.enter(visit()), machine)
  assert.equal(await subject.enter(visit()), machine)
  assert.equal(asked, 1)
  assert.deepEqual(boots, [false])
})

test('a live host that stays silent is given up at once and for good', async () => {
  const { subject } = stay({ isLive: true })
  const machine = (await subject.enter(visit())) as FakeMachine
  machine.become('lost')
  await subject.doubted(machine)
  await assert.rejects(subject.enter(visit()), /Machine "web" does not answer any more.*--last-failed/s)
  machine.become('running')
  await assert.rejects(subject.enter(visit()), EnvironmentBroken)
  await subject[Symbol.asyncDispose]()
})

test('a machine that rests is made anew when it is wanted again, and nothing that was left is made up', async () => {
  const { subject, boots } = stay()
  const first = await subject.enter(visit())
  assert.equal(await subject.rest(), true)
  assert.equal(await first.state(), 'off')
  assert.equal(await subject.rest(), false)
  assert.notEqual(await subject.enter(visit()), first)
  assert.deepEqual(boots, [false, false])
  await subject.rest()
  await assert.rejects(
    subject.enter(visit({ wants: 'shared' })),
    /^EnvironmentBroken: Machine "web" is not as the scenario before has left it\n.*Reason +it had to give its memory/s,
  )
  await subject.enter(visit({ wants: 'shared', feature: 'another.feature' }))
})

test('whose scenario goes on, or whose milestone is waited for, is not idle; nor is what was never wanted', async () => {
  const { subject } = stay()
  const here = visit({ milestone: true })
  assert.equal(subject.isIdle(here), false)
  const machine = await subject.enter(here)
  assert.equal(subject.isIdle(here), false)
  assert.equal(subject.isIdle(visit()), true)
  await subject.milestone(machine, true)
  assert.equal(subject.isIdle(visit()), false)
  assert.equal(subject.isIdle(visit({ feature: 'another.feature' })), true)
  assert.equal(stay({ isLive: true }).subject.isIdle(visit()), false)
})
