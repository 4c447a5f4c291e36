import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { argv } from '../core/command.ts'
import { CommandCutOff, ConnectionLost, NotSupported } from '../core/errors.ts'
import { Deadline } from '../core/time/deadline.ts'
import { formatDuration, minutes, seconds } from '../core/time/duration.ts'
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
  /** Whatever runs the machine stands still until this is disposed of: it hangs, and its ways in are open as before. */
  freeze?(machine: Machine): Disposable
}

/** What is off has nothing to wait for, whichever way leads into it. */
const TOLD_AT_ONCE = seconds(1)

const HANGING_LOOK = seconds(2)
/** The bound of that look, twice the time in which the other end must answer that it has cut it off, and what a busy computer takes on top. */
const CUT_OFF = seconds(20)

const soon = () => Deadline.after(minutes(5))

/** The suite that holds for every machine driver. One machine goes through most of it: under emulation a boot takes minutes. */
export function testMachineDriver(subject: Subject): void {
  const { driver, boot, powerless } = subject
  test(`${driver}: a machine, from its first boot to its last`, async t => {
    await using machine = await boot()
    await t.test('ready means that a command runs', async () => {
      assert.equal(await machine.state(), 'running')
      assert.match(await bootId(machine), /\S/)
    })
    await testAnother(t, machine, subject)
    await testHanging(t, machine, subject)
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

const testAnother = (t: TestContext, machine: Machine, { boot, remains, powerless }: Subject): Promise<void> =>
  t.test('a second one beside it is another one, and leaves nothing behind when it is disposed of', async () => {
    await using other = await boot()
    if (!powerless) assert.notEqual(await other.reachable(22), await machine.reachable(22))
    await other[Symbol.asyncDispose]()
    assert.match(await bootId(machine), /\S/)
    assert.deepEqual(await remains(other), [])
  })

/** Of a machine that hangs only that is known: a later look may tell. */
const isPassingFault = (error: unknown): boolean => error instanceof CommandCutOff || error instanceof ConnectionLost

async function testHanging(t: TestContext, machine: Machine, { freeze }: Subject): Promise<void> {
  if (freeze)
    await t.test('of one that hangs a look ends, and it is answered when it goes on', async () => {
      {
        using _ = freeze(machine)
        const asked = Deadline.after(CUT_OFF)
        await assert.rejects(bootId(machine, HANGING_LOOK), isPassingFault)
        assert.ok(!asked.expired, `a machine that hangs was asked for ${formatDuration(asked.elapsed)}`)
      }
      assert.match(await bootId(machine), /\S/)
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

async function bootId(machine: Machine, attempt = seconds(30)): Promise<string> {
  const shell = await machine.shell(machine.preferred)
  const { stdout } = await shell.run(argv('cat', '/proc/sys/kernel/random/boot_id'), { attempt })
  return stdout.toString().trim()
}
