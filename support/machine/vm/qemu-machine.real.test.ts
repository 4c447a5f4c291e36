import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { argv } from '../../core/command.ts'
import { CommandCutOff, ConfigurationBroken, EnvironmentBroken, ExpectationNotMet } from '../../core/errors.ts'
import { FakeClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes, seconds } from '../../core/time/duration.ts'
import { FakeShell } from '../../shell/fake.ts'
import type { GuestContext } from '../access/guest-access.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { CTRL_O, oneSectorGuest } from '../testing/one-sector-guest.ts'
import { listens, processesOf, until } from '../testing/processes.ts'
import { bootQemu } from './boot.ts'

const soon = () => Deadline.after(seconds(30))
const kill = (statePath: string, signal: NodeJS.Signals) => {
  for (const id of processesOf(statePath)) process.kill(id, signal)
}

test('a machine is booted, rebooted, reset, shut down, crashed, and booted again', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector' }), context)
  const shell = await machine.shell('serial')
  const boots: string[] = []
  const bootId = async () => {
    const { stdout } = await shell.run(argv('cat', '/proc/sys/kernel/random/boot_id'), { attempt: seconds(5) })
    return stdout.toString().trim()
  }
  const state = async () => {
    const answer = await bootId().catch((error: Error) => /Reason +(.*)/.exec(error.message)?.[1])
    boots.push(`${await machine.state()} ${answer}`)
  }
  const { port } = await machine.reachable(22)
  await state()
  for (const action of ['reboot', 'reset', 'shutdown', 'boot', 'crash', 'boot', 'boot'] as const) {
    await machine.power(action, soon())
    await state()
  }
  assert.deepEqual(boots, [
    'running boot-1',
    'running boot-2',
    'running boot-3',
    'off the machine is off: it has switched itself off',
    'running boot-4',
    'off the machine is off: its QEMU was ended',
    'running boot-5',
    'running boot-5',
  ])
  assert.deepEqual(await machine.reachable(22), { host: '127.0.0.1', port })
  assert.equal(machine.facts.qemuVersion, (await context.machineTools({ built: false })).qemuVersion)
})

test('the console is kept from the first byte on', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector', text: 'first byte\r\nlogin: ' }), context)
  assert.match(machine.console.transcript, /first byte\r\nlogin: /)
  const { transcriptFile } = machine.console
  assert.ok(await until(() => readFileSync(transcriptFile, 'utf8').includes('first byte\r\nlogin: ')))
})

test('a machine without listeners: its ports are silent, not open', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'sector' }), context)
  assert.equal(await machine.probePort(80, Deadline.after(seconds(0.3))), 'filtered')
})

test('disposing of a machine leaves no process, socket, port or disk', async () => {
  const context = bootContextForTests()
  const machine = await bootQemu(oneSectorGuest({ name: 'sector' }), context)
  const { port } = await machine.reachable(22)
  assert.ok(await listens(port))
  await machine[Symbol.asyncDispose]()
  await context[Symbol.asyncDispose]()
  assert.deepEqual(processesOf(context.statePath), [])
  assert.ok(!existsSync(context.statePath))
  assert.ok(!(await listens(port)))
})

test('a panic while booting is the configuration’s fault, and its line is shown', async () => {
  await using context = bootContextForTests()
  const text = 'Kernel panic - not syncing: No working init found.\r\n'
  await assert.rejects(bootQemu(oneSectorGuest({ name: 't14', text }), context), (error: Error) => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(error.message, /^Machine "t14" did not boot: it panicked\n/)
    assert.match(error.message, /Observed {3}Kernel panic - not syncing: No working init found\./)
    assert.match(error.message, /Evidence {3}console: .*t14\.console\.log$/)
    return true
  })
  assert.deepEqual(processesOf(context.statePath), [])
})

test('a machine that says nothing within the deadline is the configuration’s fault', async () => {
  await using context = bootContextForTests(seconds(2))
  await assert.rejects(
    bootQemu(oneSectorGuest({ name: 't14', text: 'A start job is running\r\n' }), context),
    (error: Error) =>
      error instanceof ConfigurationBroken &&
      /^Machine "t14" was not ready within 2 s\n.*Console {4}.*A start job is running/s.test(error.message),
  )
  assert.deepEqual(processesOf(context.statePath), [])
})

test('a machine that switches itself off while booting is told as that', async () => {
  await using context = bootContextForTests()
  const onStart = ({ console }: { console: { send(text: string): Promise<void> } }) => void console.send(CTRL_O)
  await assert.rejects(
    bootQemu(oneSectorGuest({ name: 't14', text: 'no prompt', onStart }), context),
    /^ConfigurationBroken: Machine "t14" did not boot: it switched itself off/,
  )
})

test('a QEMU that aborts while booting is tried once more', async () => {
  await using context = bootContextForTests()
  let starts = 0
  const onStart = () => {
    starts += 1
    if (starts === 1) kill(context.statePath, 'SIGABRT')
  }
  await using machine = await bootQemu(oneSectorGuest({ name: 't14', onStart }), context)
  assert.equal(machine.facts.bootAttempts, 2)
  assert.match(context.notes.join('\n'), /QEMU of machine "t14" was lost while it booted: .*; trying once more/)
})

test('a QEMU that aborts each time could not be checked', async () => {
  await using context = bootContextForTests()
  const onStart = () => kill(context.statePath, 'SIGABRT')
  await assert.rejects(bootQemu(oneSectorGuest({ name: 't14', onStart }), context), EnvironmentBroken)
})

test('a QEMU that is killed later is a machine that is lost, not one that is off', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 't14' }), context)
  kill(context.statePath, 'SIGKILL')
  assert.ok(await until(async () => (await machine.state()) === 'lost'))
})

test('a machine that panics later is seen to have panicked, until it is reset', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 't14' }), context)
  await machine.console.send('Kernel panic - not syncing: Attempted to kill init!\r\n')
  assert.ok(await until(async () => (await machine.state()) === 'panicked'))
  await machine.power('reset', soon())
  assert.equal(await machine.state(), 'running')
})

test('a machine that does not go down when told is told as that', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 't14' }), context)
  // A guest that is stopped obeys nothing.
  process.kill(processesOf(context.statePath).at(-1) ?? 0, 'SIGSTOP')
  await assert.rejects(machine.power('shutdown', Deadline.after(seconds(0.5))), ExpectationNotMet)
})

test('a boot that is given up ends at once, and leaves no process', async () => {
  await using context = bootContextForTests()
  const over = new AbortController()
  const onStart = () => void setImmediate(() => over.abort(new EnvironmentBroken('the run ended')))
  const guest = oneSectorGuest({ name: 't14', text: 'it never gets ready', onStart })
  const start = performance.now()
  await assert.rejects(bootQemu(guest, { ...context, signal: over.signal }), /the run ended/)
  assert.ok(performance.now() - start < 5000)
  assert.deepEqual(processesOf(context.statePath), [])
})

test('the time that it may take begins when it is started: not while others were waited for', async () => {
  await using context = bootContextForTests()
  const clock = new FakeClock()
  const deadline = Deadline.after(seconds(30), clock)
  clock.advance(minutes(10))
  await using machine = await bootQemu(oneSectorGuest({ name: 't14' }), { ...context, deadline })
  assert.equal(await machine.state(), 'running')
})

test('a machine that goes down before its answer has left has obeyed all the same', async () => {
  await using context = bootContextForTests()
  const guest = oneSectorGuest({ name: 't14' })
  const enter = (inside: GuestContext) => {
    const access = guest.openAccess(inside)
    const shell = async () => {
      const typed = await access.shell('serial')
      return new FakeShell(async (command, limits) => {
        await typed.run(command, limits)
        throw new CommandCutOff('no answer')
      })
    }
    return new Proxy(access, {
      get: (_, key) =>
        key === 'shell' ? shell : (Reflect.get(access, key, access).bind?.(access) ?? Reflect.get(access, key, access)),
    })
  }
  await using machine = await bootQemu({ ...guest, openAccess: enter }, context)
  await machine.power('reboot', soon())
  assert.equal(await machine.state(), 'running')
})
