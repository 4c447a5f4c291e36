import assert from 'node:assert/strict'
import test from 'node:test'
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

/** The suite that holds for every machine driver. */
export function testMachineDriver({ driver, boot, remains, powerless }: Subject): void {
  const title = (text: string): string => `${driver}: ${text}`

  test(title('ready means that a command runs'), async () => {
    await using machine = await boot()
    assert.equal(await machine.state(), 'running')
    assert.match(await bootId(machine), /\S/)
  })

  test(title('a machine that was disposed of leaves nothing behind'), async () => {
    const machine = await boot()
    await machine[Symbol.asyncDispose]()
    assert.deepEqual(await remains(machine), [])
  })

  test(title('two machines at once are two machines'), async () => {
    await using one = await boot()
    await using two = await boot()
    if (!powerless) assert.notEqual(await one.reachable(22), await two.reachable(22))
    await one[Symbol.asyncDispose]()
    assert.match(await bootId(two), /\S/)
  })

  if (powerless)
    test(title('the power of a live host is not ours'), async () => {
      await using machine = await boot()
      await assert.rejects(machine.power('crash', soon()), NotSupported)
    })
  else {
    testPower(title, boot)
    testStates(title, boot)
  }
}

function testStates(title: (text: string) => string, boot: Subject['boot']): void {
  test(title('what was saved comes back, whatever became of the machine, and is the same boot'), async () => {
    await using machine = await boot()
    const { snapshots: states } = machine
    assert.ok(states)
    const before = await bootId(machine)
    await states.save('here')
    for (const action of ['crash', 'reset'] as const) {
      await machine.power(action, soon())
      await states.restore('here', soon())
      assert.equal(await machine.state(), 'running')
      assert.equal(await bootId(machine), before)
    }
  })

  test(title('a state that was not saved cannot come back'), async () => {
    await using machine = await boot()
    await assert.rejects(async () => machine.snapshots?.restore('nowhere', soon()), /[Nn]o state "nowhere"/)
  })
}

function testPower(title: (text: string) => string, boot: Subject['boot']): void {
  for (const action of ['reboot', 'reset'] as const)
    test(title(`after a ${action} it is another boot`), async () => {
      await using machine = await boot()
      const before = await bootId(machine)
      await machine.power(action, soon())
      assert.notEqual(await bootId(machine), before)
    })

  for (const action of ['shutdown', 'crash'] as const)
    test(title(`after a ${action} it is off, says so, and can be booted again`), async () => {
      await using machine = await boot()
      const before = await bootId(machine)
      await machine.power(action, soon())
      assert.equal(await machine.state(), 'off')
      const asked = Deadline.after(TOLD_AT_ONCE)
      await assert.rejects(bootId(machine), ConnectionLost)
      assert.ok(!asked.expired, `a machine that is off was asked for ${formatDuration(asked.elapsed)}`)
      await machine.power('boot', soon())
      assert.notEqual(await bootId(machine), before)
    })
}

async function bootId(machine: Machine): Promise<string> {
  const shell = await machine.shell(machine.preferred)
  const { stdout } = await shell.run(argv('cat', '/proc/sys/kernel/random/boot_id'), { attempt: seconds(30) })
  return stdout.toString().trim()
}
