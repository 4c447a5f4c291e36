import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { Deadline } from '../../core/deadline.ts'
import { seconds } from '../../core/duration.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { oneSectorGuest } from '../testing/one-sector-guest.ts'
import { processesOf, until } from '../testing/processes.ts'
import { realSurroundings } from '../testing/surroundings.ts'
import { bootQemu } from './boot.ts'
import type { QemuMachine } from './qemu-machine.ts'

const soon = () => Deadline.after(seconds(30))
const guest = () => oneSectorGuest({ name: 'sector', text: 'login: ' })

/** The guest gives back what is typed: that it does proves that it runs. */
async function echoes(machine: QemuMachine, word: string): Promise<boolean> {
  await machine.console.send(word)
  return until(() => machine.console.transcript.endsWith(word))
}

test('what a machine printed after it was saved never happened', async () => {
  await using surroundings = realSurroundings()
  await using machine = await bootQemu(guest(), surroundings)
  await machine.states.save('ready')
  assert.ok(await echoes(machine, 'Kernel panic - not syncing: on purpose'))
  assert.equal(await machine.state(), 'panicked')
  await machine.states.restore('ready', soon())
  assert.equal(await machine.state(), 'running')
  assert.equal(machine.console.transcript, 'login: ')
  assert.ok(await echoes(machine, 'again'))
  assert.equal(machine.console.since(machine.bootedAt), 'login: again')
  const { transcriptFile } = machine.console
  assert.ok(await until(() => readFileSync(transcriptFile, 'utf8').endsWith('again')))
  assert.match(readFileSync(transcriptFile, 'utf8'), /on purpose\r\n--- back to "ready" ---\r\nagain$/)
})

for (const action of ['shutdown', 'crash', 'reset'] as const)
  test(`a machine comes back after ${action}, and its ports lead to it as before`, async () => {
    await using surroundings = realSurroundings()
    await using machine = await bootQemu(guest(), surroundings)
    const { port } = await machine.reachable(22)
    await machine.states.save('ready')
    await machine.power(action, soon())
    await machine.states.restore('ready', soon())
    assert.equal(await machine.state(), 'running')
    assert.ok(await echoes(machine, 'here'))
    assert.equal((await machine.reachable(22)).port, port)
  })

test('a state can be gone back to as often as wanted, with a spare or without; of each QEMU nothing is left', async () => {
  await using surroundings = realSurroundings()
  await using machine = await bootQemu(guest(), surroundings)
  await machine.states.save('ready')
  for (const spare of [true, false, true]) {
    assert.ok(await echoes(machine, 'x'))
    if (spare) machine.states.prepare('ready')
    await machine.states.restore('ready', soon())
    assert.equal(machine.console.transcript, 'login: ')
  }
  assert.equal(qemus(surroundings.statePath), 1)
})

test('a spare that nobody took ends with its machine', async () => {
  await using surroundings = realSurroundings()
  const machine = await bootQemu(guest(), surroundings)
  await machine.states.save('ready')
  machine.states.prepare('ready')
  await machine[Symbol.asyncDispose]()
  assert.deepEqual(processesOf(surroundings.statePath), [])
})

test('later states stand on earlier ones', async () => {
  await using surroundings = realSurroundings()
  await using machine = await bootQemu(guest(), surroundings)
  await machine.states.save('ready')
  assert.ok(await echoes(machine, 'one'))
  await machine.states.save('milestone')
  assert.ok(await echoes(machine, 'two'))
  await machine.states.restore('milestone', soon())
  assert.equal(machine.console.transcript, 'login: one')
  await machine.states.restore('ready', soon())
  assert.equal(machine.console.transcript, 'login: ')
})

test('a state that is saved again under its name replaces the former one, for a spare that waits as well', async () => {
  await using surroundings = realSurroundings()
  await using machine = await bootQemu(guest(), surroundings)
  await machine.states.save('milestone')
  machine.states.prepare('milestone')
  assert.ok(await echoes(machine, 'one'))
  await machine.states.save('milestone')
  for (const prepares of [false, true]) {
    if (prepares) machine.states.prepare('milestone')
    assert.ok(await echoes(machine, 'x'))
    await machine.states.restore('milestone', soon())
    assert.equal(machine.console.transcript, 'login: one')
    assert.equal(qemus(surroundings.statePath), 1)
  }
})

test('a machine that was switched on again after a restore is the same machine', async () => {
  await using surroundings = realSurroundings()
  await using machine = await bootQemu(guest(), surroundings)
  await machine.states.save('ready')
  await machine.states.restore('ready', soon())
  await machine.power('shutdown', soon())
  await machine.power('boot', soon())
  assert.ok(await echoes(machine, 'up'))
})

test('an unknown state is told as that, and a broken one as well; the machine lives on', async () => {
  await using surroundings = realSurroundings()
  await using machine = await bootQemu(guest(), surroundings)
  await assert.rejects(
    machine.states.restore('ready', soon()),
    /^EnvironmentBroken: No state "ready" of machine "sector" was saved/,
  )
  await machine.states.save('ready')
  const [folder = ''] = savedFolders(surroundings.stateDir)
  truncateSync(join(folder, 'ram'), 1000)
  await assert.rejects(machine.states.restore('ready', soon()), EnvironmentBroken)
  assert.ok(await echoes(machine, 'still here'))
})

const root = process.getuid?.() === 0 ? false : 'only root can mount a small disk'

test('on a full disk nothing is left of the state, it is said, and the machine goes on', { skip: root }, async () => {
  await using surroundings = realSurroundings()
  const small = join(surroundings.statePath, 'small')
  mkdirSync(small)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'small', small])
  using _ = { [Symbol.dispose]: () => void execFileSync('umount', ['-l', small]) }
  await using machine = await bootQemu(guest(), surroundings)
  const folder = join(small, 'state')
  await assert.rejects(
    machine.states.save('ready', folder),
    /^EnvironmentBroken: There is no room to save the state of machine "sector"\n.*Got\s+a full disk at .*Next\s+make room/s,
  )
  assert.equal(existsSync(folder), false)
  assert.equal(machine.states.has('ready'), false)
  assert.ok(await echoes(machine, 'going on'))
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
    await using surroundings = realSurroundings()
    const disk = join(surroundings.statePath, 'outside')
    writeFileSync(disk, Buffer.alloc(1 << 20))
    await using machine = await bootQemu(
      oneSectorGuest({ name: 'sector', text: 'login: ', more: more(disk) }),
      surroundings,
    )
    await assert.rejects(machine.states.save('ready'), words)
    assert.ok(await echoes(machine, 'going on'))
    assert.deepEqual(
      savedFolders(surroundings.stateDir).flatMap(folder => readdirSync(folder)),
      [],
    )
  })

const qemus = (statePath: string): number =>
  processesOf(statePath).filter(id => /^qemu-system/.test(readFileSync(`/proc/${id}/cmdline`, 'utf8'))).length

const savedFolders = (stateDir: string): string[] => {
  const home = join(stateDir, 'try1')
  return readdirSync(home)
    .filter(name => name.startsWith('saved'))
    .map(name => join(home, name))
}
