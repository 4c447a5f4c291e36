import assert from 'node:assert/strict'
import test from 'node:test'
import { argv } from '../../core/command.ts'
import { ConnectionLost, EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { seconds } from '../../core/time/duration.ts'
import { FakeMachine } from '../drivers/fake.ts'
import type { Lease } from '../lease.ts'
import type { Machine } from '../machine.ts'
import { MachineSlot } from './slot.ts'

function slot({ standbys = false, unsaveable = false, isLive = false } = {}) {
  const notes: string[] = []
  const boots: boolean[] = []
  const prepared: string[] = []
  const subject = new MachineSlot({
    name: 'web',
    isLive,
    async boot(anew) {
      boots.push(anew)
      const machine = new FakeMachine({ kind: 'fake', name: 'web' })
      machine.snapshots.warmUp = name => void prepared.push(name)
      if (unsaveable) machine.snapshots.save = () => Promise.reject(new NotSupported('a 9p mount forbids it'))
      return machine
    },
    note: text => void notes.push(text),
    hasRoomForStandby: () => standbys,
  })
  return { subject, notes, boots, prepared }
}

let count = 0
const lease = (given: Partial<Lease> = {}): Lease => ({
  id: `scenario ${++count}`,
  feature: 'web.feature',
  isolation: 'clean',
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

async function change(subject: MachineSlot, machine: Machine): Promise<void> {
  await subject.markDirty(machine)
  await machine.power('reboot', undefined as never)
}

test('a scenario that only looks costs nothing', async () => {
  const { subject, boots } = slot()
  const machine = await subject.acquire(lease())
  assert.equal(await subject.acquire(lease()), machine)
  assert.equal(machine.snapshots?.has('ready'), false)
  assert.deepEqual(boots, [false])
})

test('what a scenario has changed the next one does not see', async () => {
  const { subject, boots } = slot()
  const machine = await subject.acquire(lease())
  await change(subject, machine)
  assert.equal(await boot(await subject.acquire(lease())), 'boot-1')
  assert.deepEqual(boots, [false])
})

test('within one scenario the change stays, however often the machine is asked for', async () => {
  const { subject } = slot()
  const mine = lease()
  await change(subject, await subject.acquire(mine))
  assert.equal(await boot(await subject.acquire(mine)), 'boot-2')
  assert.equal(await boot(await subject.acquire()), 'boot-2')
})

test('@shared: as the scenario before left it, but only in the same feature', async () => {
  const { subject } = slot()
  await change(subject, await subject.acquire(lease({ isolation: 'shared' })))
  assert.equal(await boot(await subject.acquire(lease({ isolation: 'shared' }))), 'boot-2')
  assert.equal(await boot(await subject.acquire(lease({ isolation: 'shared', feature: 'other.feature' }))), 'boot-1')
})

test('@fresh: it really boots', async () => {
  const { subject, boots } = slot()
  const before = await subject.acquire(lease())
  assert.notEqual(await subject.acquire(lease({ isolation: 'fresh' })), before)
  assert.equal(await before.state(), 'off')
  assert.deepEqual(boots, [false, true])
})

test('@milestone: the scenarios after it in the feature begin where it ended, those of others do not', async () => {
  const { subject } = slot()
  const machine = await subject.acquire(lease({ milestone: true }))
  await change(subject, machine)
  await subject.saveMilestone(machine, true)
  await change(subject, await subject.acquire(lease()))
  assert.equal(await boot(machine), 'boot-3')
  assert.equal(await boot(await subject.acquire(lease())), 'boot-2')
  assert.equal(await boot(await subject.acquire(lease({ feature: 'other.feature' }))), 'boot-1')
  assert.equal(await boot(await subject.acquire(lease())), 'boot-2')
})

test('a milestone that was not reached: those after it could not be checked, others can', async () => {
  const { subject } = slot()
  const machine = await subject.acquire(lease({ milestone: true }))
  await subject.saveMilestone(machine, false)
  await assert.rejects(
    subject.acquire(lease()),
    (error: Error) =>
      error instanceof EnvironmentBroken && /milestone of this feature was not reached/.test(error.message),
  )
  assert.equal(await subject.acquire(lease({ feature: 'other.feature' })), machine)
})

test('a milestone is gone with the machine that had it', async () => {
  const { subject } = slot()
  const machine = await subject.acquire(lease({ milestone: true }))
  await subject.markDirty(machine)
  await subject.saveMilestone(machine, true)
  await subject.acquire(lease({ isolation: 'fresh' }))
  await assert.rejects(subject.acquire(lease()), /milestone of this feature is gone.*booted anew/s)
})

test('a machine whose state cannot be saved is booted anew after a change, and once is said why', async () => {
  const { subject, boots, notes } = slot({ unsaveable: true })
  for (const _ of [1, 2]) await change(subject, await subject.acquire(lease()))
  await subject.acquire(lease())
  assert.deepEqual(boots, [false, true, true])
  assert.deepEqual(notes, ['Machine "web" is booted anew after each scenario that changes it. a 9p mount forbids it'])
})

test('one that cannot be taken back is booted anew, and that is told', async () => {
  const { subject, boots, notes } = slot()
  const machine = await subject.acquire(lease())
  await change(subject, machine)
  Object.assign(machine.snapshots ?? {}, { restore: () => Promise.reject(new EnvironmentBroken('no room\nmore')) })
  assert.notEqual(await subject.acquire(lease()), machine)
  assert.deepEqual(boots, [false, true])
  assert.deepEqual(notes, ['Machine "web" could not be taken back: no room; it is booted anew'])
})

test('where there is room a standby is woken with the first change, of the state that will be wanted', async () => {
  const { subject, prepared } = slot({ standbys: true })
  const machine = await subject.acquire(lease())
  await subject.markDirty(machine)
  await subject.markDirty(machine)
  assert.deepEqual(prepared, ['ready'])
  await subject.acquire(lease())
  assert.deepEqual(prepared, ['ready', 'ready'])
})

test('a machine that was made to panic is taken back without a word; one that was lost is told', async () => {
  const { subject, notes } = slot()
  const machine = await subject.acquire(lease())
  assert.ok(machine instanceof FakeMachine)
  await subject.markDirty(machine)
  machine.become('panicked')
  assert.equal(await (await subject.acquire(lease())).state(), 'running')
  assert.deepEqual(notes, [])
  machine.become('lost')
  assert.equal(await (await subject.acquire(lease())).state(), 'running')
  assert.deepEqual(notes, ['Machine "web" was lost since it was last used; it is made anew'])
})

test('a machine that did not answer is taken back, though nothing has changed it', async () => {
  const { subject } = slot()
  const machine = await subject.acquire(lease())
  await machine.snapshots?.save('ready')
  await machine.power('reboot', undefined as never)
  await subject.markSuspect(machine)
  assert.equal(await boot(await subject.acquire(lease())), 'boot-1')
})

test('a machine that hangs is given up at once by those who want it as it was left, and taken back for the others', async () => {
  const { subject, boots } = slot()
  const machine = (await subject.acquire(lease({ isolation: 'shared' }))) as FakeMachine
  const shell = await machine.shell()
  let asked = 0
  shell.run = async () => {
    asked += 1
    throw new ConnectionLost('silent')
  }
  await subject.markSuspect(machine)
  for (let again = 0; again < 2; again += 1)
    await assert.rejects(
      subject.acquire(lease({ isolation: 'shared' })),
      /^EnvironmentBroken: Machine "web" does not answer any more\n.*it fell silent in an earlier scenario tagged @shared/s,
    )
  assert.equal(asked, 1)
  const fresh = await subject.acquire(lease())
  assert.notEqual(fresh, machine)
  assert.deepEqual(boots, [false, true])
  assert.equal(await subject.acquire(lease({ isolation: 'shared' })), fresh)
})

test('one that answers when it is asked again is left as it is', async () => {
  const { subject, boots } = slot()
  const machine = await subject.acquire(lease({ isolation: 'shared' }))
  await subject.markSuspect(machine)
  assert.equal(await subject.acquire(lease({ isolation: 'shared' })), machine)
  assert.deepEqual(boots, [false])
})

test('a live host is asked nothing between scenarios, and only after a doubt whether it is there', async () => {
  const { subject, boots } = slot({ isLive: true })
  const machine = await subject.acquire(lease())
  let asked = 0
  machine.state = async () => {
    asked += 1
    return 'running'
  }
  await change(subject, machine)
  assert.equal(await subject.acquire(lease()), machine)
  assert.equal(asked, 0)
  await subject.markSuspect(machine)
  assert.equal(await subject.acquire(lease()), machine)
  assert.equal(await subject.acquire(lease()), machine)
  assert.equal(asked, 1)
  assert.deepEqual(boots, [false])
})

test('a live host that stays silent is given up at once and for good', async () => {
  const { subject } = slot({ isLive: true })
  const machine = (await subject.acquire(lease())) as FakeMachine
  machine.become('lost')
  await subject.markSuspect(machine)
  await assert.rejects(subject.acquire(lease()), /Machine "web" does not answer any more.*--last-failed/s)
  machine.become('running')
  await assert.rejects(subject.acquire(lease()), EnvironmentBroken)
  await subject[Symbol.asyncDispose]()
})

test('a machine that rests is made anew when it is wanted again, and nothing that was left is made up', async () => {
  const { subject, boots } = slot()
  const first = await subject.acquire(lease())
  assert.equal(await subject.evict(), true)
  assert.equal(await first.state(), 'off')
  assert.equal(await subject.evict(), false)
  assert.notEqual(await subject.acquire(lease()), first)
  assert.deepEqual(boots, [false, false])
  await subject.evict()
  await assert.rejects(
    subject.acquire(lease({ isolation: 'shared' })),
    /^EnvironmentBroken: Machine "web" is not as the scenario before has left it\n.*Reason +it had to give its memory/s,
  )
  await subject.acquire(lease({ isolation: 'shared', feature: 'another.feature' }))
})

test('whose scenario goes on, or whose milestone is waited for, is not idle; nor is what was never wanted', async () => {
  const { subject } = slot()
  const here = lease({ milestone: true })
  assert.equal(subject.isIdle(here), false)
  const machine = await subject.acquire(here)
  assert.equal(subject.isIdle(here), false)
  assert.equal(subject.isIdle(lease()), true)
  await subject.saveMilestone(machine, true)
  assert.equal(subject.isIdle(lease()), false)
  assert.equal(subject.isIdle(lease({ feature: 'another.feature' })), true)
  assert.equal(slot({ isLive: true }).subject.isIdle(lease()), false)
})
