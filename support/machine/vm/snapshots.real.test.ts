import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes } from '../../core/time/duration.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { oneSectorGuest } from '../testing/one-sector-guest.ts'
import { processesOf, until } from '../testing/processes.ts'
import { bootQemu } from './boot.ts'
import type { QemuMachine } from './qemu-machine.ts'

/** Many times what anything here takes: other work on the same computer may make everything slow. */
const soon = () => Deadline.after(minutes(2))
const guest = () => oneSectorGuest({ name: 'sector', text: 'login: ' })

/** The guest gives back what is typed: that it does proves that it runs. */
async function assertEchoes(machine: QemuMachine, word: string): Promise<void> {
  await machine.console.send(word)
  const echoed = await until(() => machine.console.transcript.endsWith(word))
  assert.ok(
    echoed,
    `"${word}" was not given back; it is ${await machine.state()}, and all it printed is ${machine.console.transcript}`,
  )
}

test('what a machine printed after it was saved never happened', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(guest(), context)
  await machine.snapshots.save('ready')
  await assertEchoes(machine, 'Kernel panic - not syncing: on purpose')
  assert.equal(await machine.state(), 'panicked')
  await machine.snapshots.restore('ready', soon())
  assert.equal(await machine.state(), 'running')
  assert.equal(machine.console.transcript, 'login: ')
  await assertEchoes(machine, 'again')
  assert.equal(machine.console.since(machine.bootedAt), 'login: again')
  const { transcriptFile } = machine.console
  assert.ok(await until(() => readFileSync(transcriptFile, 'utf8').endsWith('again')))
  assert.match(readFileSync(transcriptFile, 'utf8'), /on purpose\r\n--- back to "ready" ---\r\nagain$/)
})

for (const action of ['shutdown', 'crash', 'reset'] as const)
  test(`a machine comes back after ${action}, and its ports lead to it as before`, async () => {
    await using context = bootContextForTests()
    await using machine = await bootQemu(guest(), context)
    const { port } = await machine.reachable(22)
    await machine.snapshots.save('ready')
    await machine.power(action, soon())
    await machine.snapshots.restore('ready', soon())
    assert.equal(await machine.state(), 'running')
    await assertEchoes(machine, 'here')
    assert.equal((await machine.reachable(22)).port, port)
  })

test('a state can be gone back to as often as wanted, with a standby or without; of each QEMU nothing is left', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(guest(), context)
  await machine.snapshots.save('ready')
  for (const standby of [true, false, true]) {
    await assertEchoes(machine, 'x')
    if (standby) machine.snapshots.warmUp('ready')
    await machine.snapshots.restore('ready', soon())
    assert.equal(machine.console.transcript, 'login: ')
  }
  assert.equal(qemus(context.statePath), 1)
})

test('an unused standby ends with its machine', async () => {
  await using context = bootContextForTests()
  const machine = await bootQemu(guest(), context)
  await machine.snapshots.save('ready')
  machine.snapshots.warmUp('ready')
  await machine[Symbol.asyncDispose]()
  assert.deepEqual(processesOf(context.statePath), [])
})

test('later states stand on earlier ones', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(guest(), context)
  await machine.snapshots.save('ready')
  await assertEchoes(machine, 'one')
  await machine.snapshots.save('milestone')
  await assertEchoes(machine, 'two')
  await machine.snapshots.restore('milestone', soon())
  assert.equal(machine.console.transcript, 'login: one')
  await machine.snapshots.restore('ready', soon())
  assert.equal(machine.console.transcript, 'login: ')
})

test('a state that is saved again under its name replaces the former one, for a standby that waits as well', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(guest(), context)
  await machine.snapshots.save('milestone')
  machine.snapshots.warmUp('milestone')
  await assertEchoes(machine, 'one')
  await machine.snapshots.save('milestone')
  for (const prepares of [false, true]) {
    if (prepares) machine.snapshots.warmUp('milestone')
    await assertEchoes(machine, 'x')
    await machine.snapshots.restore('milestone', soon())
    assert.equal(machine.console.transcript, 'login: one')
    assert.equal(qemus(context.statePath), 1)
  }
})

test('a machine that was switched on again after a restore is the same machine, and so is one that was resumed more than once', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(guest(), context)
  for (const state of ['ready', 'milestone', 'later']) {
    await machine.snapshots.save(state)
    await machine.snapshots.restore(state, soon())
  }
  for (const state of ['ready', 'later']) {
    await machine.snapshots.restore(state, soon())
    await machine.power('shutdown', soon())
    await machine.power('boot', soon())
    await assertEchoes(machine, 'up')
  }
})

test('an unknown state is told as that, and a broken one as well; the machine lives on', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(guest(), context)
  await assert.rejects(
    machine.snapshots.restore('ready', soon()),
    /^EnvironmentBroken: No state "ready" of machine "sector" was saved/,
  )
  await machine.snapshots.save('ready')
  const [folder = ''] = savedFolders(context.runtimeDir)
  truncateSync(join(folder, 'ram'), 1000)
  await assert.rejects(machine.snapshots.restore('ready', soon()), EnvironmentBroken)
  await assertEchoes(machine, 'still here')
})

const root = process.getuid?.() === 0 ? false : 'only root can mount a small disk'

test('on a full disk nothing is left of the state, it is said, and the machine goes on', { skip: root }, async () => {
  await using context = bootContextForTests()
  const small = join(context.statePath, 'small')
  mkdirSync(small)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'small', small])
  using _ = { [Symbol.dispose]: () => void execFileSync('umount', ['-l', small]) }
  await using machine = await bootQemu(guest(), context)
  const folder = join(small, 'state')
  await assert.rejects(
    machine.snapshots.save('ready', folder),
    /^EnvironmentBroken: There is no room to save the state of machine "sector"\n.*Got\s+a full disk at .*Next\s+make room/s,
  )
  assert.equal(existsSync(folder), false)
  assert.equal(machine.snapshots.has('ready'), false)
  await assertEchoes(machine, 'going on')
})

for (const [what, more, words] of [
  [
    'writes to a disk outside its folder',
    (disk: string) => ['-drive', `file=${disk},format=raw,if=ide`],
    /^NotSupported: The state of machine "sector" cannot be saved\n.*Reason\s+it writes to a disk outside its own folder: /s,
  ],
  [
    'has a device that QEMU cannot save',
    (disk: string) => [
      '-drive',
      `file=${disk},format=raw,if=none,id=d,readonly=on`,
      '-device',
      'nvme,drive=d,serial=1',
    ],
    /^NotSupported: The state of machine "sector" cannot be saved\n.*Reason\s+.*nvme/s,
  ],
] as const)
  test(`a machine that ${what}: it is said, and the machine goes on`, async () => {
    await using context = bootContextForTests()
    const disk = join(context.statePath, 'outside')
    writeFileSync(disk, Buffer.alloc(1 << 20))
    await using machine = await bootQemu(oneSectorGuest({ name: 'sector', text: 'login: ', more: more(disk) }), context)
    await assert.rejects(machine.snapshots.save('ready'), words)
    await assertEchoes(machine, 'going on')
    assert.deepEqual(
      savedFolders(context.runtimeDir).flatMap(folder => readdirSync(folder)),
      [],
    )
  })

const qemus = (statePath: string): number =>
  processesOf(statePath).filter(id => /^qemu-system/.test(readFileSync(`/proc/${id}/cmdline`, 'utf8'))).length

const savedFolders = (runtimeDir: string): string[] => {
  const home = join(runtimeDir, 'try1')
  return readdirSync(home)
    .filter(name => name.startsWith('saved'))
    .map(name => join(home, name))
}
