import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { argv } from '../core/command.ts'
import { Deadline } from '../core/deadline.ts'
import { formatDuration, minutes, seconds } from '../core/duration.ts'
import { ConnectionLost, NotSupported } from '../core/errors.ts'
import type { Machine } from './machine.ts'

/** What a driver brings to the suite. */
export interface Subject {
  /** In the titles of the tests. */
  readonly driver: string
  /** Boots (or connects to) one more machine; each call gives another one. */
  boot(): Promise<Machine>
  /** Whatever is still there of a machine that was disposed of: processes, files, ports, each in words. */
  remains(machine: Machine): Promise<readonly string[]>
  /** A live host: its power is not ours. */
  readonly powerless?: true
}

/** What is off has nothing to wait for, whichever way leads into it. */
const TOLD_AT_ONCE = seconds(1)

const soon = () => Deadline.after(minutes(5))

/** The suite that holds for every machine driver. One machine goes through most of it: under emulation a boot takes minutes. */
export function testMachineDriver({ driver, boot, remains, powerless }: Subject): void {
  test(`${driver}: two machines at once are two machines, and one that was disposed of leaves nothing behind`, async () => {
    await using one = await boot()
    await using two = await boot()
    if (!powerless) assert.notEqual(await one.reachable(22), await two.reachable(22))
    await one[Symbol.asyncDispose]()
    assert.match(await bootId(two), /\S/)
    assert.deepEqual(await remains(one), [])
  })

  test(`${driver}: a machine, from its first boot to its last`, async t => {
    await using machine = await boot()
    await t.test('ready means that a command runs', async () => {
      assert.equal(await machine.state(), 'running')
      assert.match(await bootId(machine), /\S/)
    })
    if (powerless)
      await t.test('the power of a live host is not ours', () =>
        assert.rejects(machine.power('crash', soon()), NotSupported),
      )
    else {
      await testSnapshots(t, machine)
      await testPower(t, machine)
    }
  })
}

async function testSnapshots(t: TestContext, machine: Machine): Promise<void> {
  const { snapshots } = machine
  assert.ok(snapshots)
  const saved = await bootId(machine)
  await snapshots.save('here')
  const restored = async (): Promise<void> => {
    await snapshots.restore('here', soon())
    assert.equal(await machine.state(), 'running')
    assert.equal(await bootId(machine), saved)
  }

  await t.test('after a reset it is another boot, until what was saved comes back', async () => {
    await machine.power('reset', soon())
    assert.notEqual(await bootId(machine), saved)
    await restored()
  })

  await t.test('after a crash it is off, says so, and what was saved comes back', async () => {
    await turnOff(machine, 'crash')
    await restored()
  })

  await t.test('a state that was not saved cannot come back', () =>
    assert.rejects(async () => snapshots.restore('nowhere', soon()), /[Nn]o state "nowhere"/),
  )
}

async function testPower(t: TestContext, machine: Machine): Promise<void> {
  await t.test('after a reboot it is another boot', async () => {
    const before = await bootId(machine)
    await machine.power('reboot', soon())
    assert.notEqual(await bootId(machine), before)
  })

  await t.test('after a shutdown it is off, says so, and can be booted again', async () => {
    const before = await bootId(machine)
    await turnOff(machine, 'shutdown')
    await machine.power('boot', soon())
    assert.notEqual(await bootId(machine), before)
  })
}

async function turnOff(machine: Machine, action: 'shutdown' | 'crash'): Promise<void> {
  await machine.power(action, soon())
  assert.equal(await machine.state(), 'off')
  const asked = Deadline.after(TOLD_AT_ONCE)
  await assert.rejects(bootId(machine), ConnectionLost)
  assert.ok(!asked.expired, `a machine that is off was asked for ${formatDuration(asked.elapsed)}`)
}

async function bootId(machine: Machine): Promise<string> {
  const shell = await machine.shell(machine.preferred)
  const { stdout } = await shell.run(argv('cat', '/proc/sys/kernel/random/boot_id'), { attempt: seconds(30) })
  return stdout.toString().trim()
}
