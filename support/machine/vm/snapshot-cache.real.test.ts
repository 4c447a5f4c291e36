import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes } from '../../core/time/duration.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { type OneSector, oneSectorGuest } from '../testing/one-sector-guest.ts'
import { until } from '../testing/processes.ts'
import { storeMaker } from '../testing/store-maker.ts'
import { bootQemu } from './boot.ts'
import type { QemuMachine } from './qemu-machine.ts'

type Use = (machine: QemuMachine) => Promise<void>

/** What it takes on disk; links are not followed. */
const folderBytes = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + lstatSync(join(folder, name)).blocks * 512,
    0,
  )

/** Runs after each other, or at once, with one cache of their own. Each says how it came to its machine. */
function runner(t: TestContext) {
  const cache = mkdtempSync(join(tmpdir(), 'nixcumber-kept-'))
  t.after(() => rmSync(cache, { recursive: true, force: true }))
  // Found out already; it would take seconds.
  const known = join(cacheFolder(), 'accelerator.json')
  if (existsSync(known)) copyFileSync(known, join(cache, 'accelerator.json'))
  const notes: string[] = []
  async function run(given: Partial<OneSector> & { anew?: true } = {}, use: Use = async () => {}) {
    await using context = bootContextForTests()
    const { anew = false, ...guest } = given
    const progress = { start: () => ({ update() {}, done() {} }), note: (text: string) => void notes.push(text) }
    const spec = oneSectorGuest({ name: 't14', kept: 'running', ...guest })
    await using machine = await bootQemu(spec, { ...context, cache, coldBoot: anew, progress })
    await use(machine)
    return 'savedAt' in machine.facts ? 'resumed' : 'booted'
  }
  const kept = (): string[] =>
    readdirSync(join(cache, 'machines'))
      .filter(name => !name.endsWith('.lock'))
      .map(name => join(cache, 'machines', name))
  return { cache, notes, run, kept }
}

test('the second run of an unchanged machine does not boot it, and says so', async t => {
  const { run, notes } = runner(t)
  assert.equal(await run(), 'booted')
  const lives = async (machine: QemuMachine) => {
    assert.equal(machine.console.transcript, 'login: ')
    await machine.console.send('here')
    assert.ok(await until(() => machine.console.transcript === 'login: here'))
  }
  assert.equal(await run({}, lives), 'resumed')
  assert.match(notes.join('\n'), /Machine "t14" goes on where it was ready .* ago; @fresh boots it/)
})

test('what a run does to a machine stays in that run', async t => {
  const { run } = runner(t)
  const change = async ({ console }: QemuMachine) => {
    await console.send('changed')
    assert.ok(await until(() => console.transcript.endsWith('changed')))
  }
  await run({}, change)
  await run({}, change)
  await run({}, async ({ console }) => assert.equal(console.transcript, 'login: '))
})

test('a resumed machine can be taken back, as one that was booted', async t => {
  const { run } = runner(t)
  await run()
  await run({}, async machine => assert.ok(machine.snapshots.has('ready')))
})

test('another machine is another machine: what was built decides', async t => {
  const { run, kept } = runner(t)
  await run()
  assert.equal(await run({ text: 'other login: ' }), 'booted')
  assert.equal(kept().length, 2)
})

test('@fresh boots', async t => {
  const { run } = runner(t)
  await run()
  assert.equal(await run({ anew: true }), 'booted')
})

test('a machine with a failed unit is not kept: what went wrong by chance must not go wrong for a day', async t => {
  const { run, kept } = runner(t)
  await run({ kept: 'degraded' })
  assert.deepEqual(kept(), [])
})

test('a state that is older than a day is not resumed', async t => {
  const { run, kept } = runner(t)
  await run()
  const file = join(kept()[0] ?? '', 'about.json')
  const about = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...about, savedAt: about.savedAt - 25 * 3600 * 1000 }))
  assert.equal(await run(), 'booted')
  assert.equal(await run(), 'resumed')
})

for (const [file, words] of [
  ['ram', /could not be resumed.*machine "t14" is booted instead/],
  ['about.json', /^(?!.*could not)/],
  ['disks', /^(?!.*could not)/],
] as const)
  test(`a kept machine whose ${file} is broken is booted instead, and kept anew`, async t => {
    const { run, kept, notes } = runner(t)
    await run()
    const path = join(kept()[0] ?? '', file)
    if (file === 'disks') rmSync(path, { recursive: true })
    else truncateSync(path, 1000)
    assert.equal(await run(), 'booted')
    assert.match(notes.join('\n').replaceAll('\n', ' '), words)
    assert.equal(await run(), 'resumed')
  })

test('a state that replaces another one has another name: disks of a run that goes on stand on the former', async t => {
  const { run, kept } = runner(t)
  await run()
  const before = kept()
  truncateSync(join(before[0] ?? '', 'ram'), 1000)
  await run()
  assert.equal(kept().length, 1)
  assert.notDeepEqual(kept(), before)
})

test('the image of its store is in none of the states, and what is saved of a machine whose image is gone is not resumed', async t => {
  const { cache, run, kept } = runner(t)
  const store = storeMaker(cache, 16 * 1024 * 1024)
  const back = async ({ snapshots, console }: QemuMachine) => {
    await snapshots.save('later')
    snapshots.warmUp('later')
    await snapshots.restore('later', Deadline.after(minutes(2)))
    await snapshots.save('last')
    await snapshots.restore('last', Deadline.after(minutes(2)))
    await console.send('here')
    assert.ok(await until(() => console.transcript.endsWith('here')))
  }
  assert.equal(await run({ store }, back), 'booted')
  assert.ok(folderBytes(kept()[0] ?? '') < store.bytes)
  assert.equal(await run({ store }, back), 'resumed')
  rmSync(join(cache, 'stores', store.key), { recursive: true })
  assert.equal(await run({ store }, back), 'booted')
  assert.equal(await run({ store }, back), 'resumed')
})

test('what a killed run had half written is swept, what another run writes is not', async t => {
  const { run, cache } = runner(t)
  await run({ kept: 'degraded' })
  const [old, now] = ['killed.new', 'another.new'].map(name => join(cache, 'machines', name))
  for (const folder of [old, now]) mkdirSync(folder ?? '', { recursive: true })
  const hoursAgo = Date.now() / 1000 - 2 * 3600
  utimesSync(old ?? '', hoursAgo, hoursAgo)
  await run()
  assert.deepEqual([existsSync(old ?? ''), existsSync(now ?? '')], [false, true])
})

test('of runs at once one boots, the others wait for it', async t => {
  const { run } = runner(t)
  const ways = await Promise.all([run(), run(), run()])
  assert.deepEqual(ways.sort(), ['booted', 'resumed', 'resumed'])
})
