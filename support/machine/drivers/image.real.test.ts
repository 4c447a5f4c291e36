/** The contract of machine drivers, for machines that were built elsewhere: entered by a login on their console. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { silentProgress } from '../../core/progress.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes } from '../../core/time/duration.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { openToolbox } from '../../nix/tools/find-toolchain.ts'
import { testMachineDriver } from '../contract.ts'
import type { Machine } from '../machine.ts'
import { bootMachine, parseMachineUrl } from '../pool/driver-registry.ts'
import { RuntimeDir } from '../runtime/runtime-dir.ts'
import { freeze, processesOf } from '../testing/processes.ts'
import { tinyGuest } from '../testing/tiny-guest.ts'

const guest = await tinyGuest()
test.after(() => guest[Symbol.asyncDispose]())

const plan = parseMachineUrl(`tiny=image:${guest.folder}`, { folder: '/', env: {} })
const cache = cacheFolder()
const runtimeDirs = new WeakMap<Machine, RuntimeDir>()

/** What each machine of the contract showed, and what its boot said. */
const pictures: (Buffer | undefined)[] = []
const notes: string[] = []

async function boot(): Promise<Machine> {
  const runtimeDir = RuntimeDir.create()
  const machine = await bootMachine(plan, {
    runtimeDir: runtimeDir.forMachine(),
    evidenceDir: join(runtimeDir.path, 'evidence'),
    deadline: Deadline.after(minutes(2)),
    progress: { ...silentProgress, note: text => void notes.push(text) },
    machineTools: () => openToolbox({ offline: true, progress: silentProgress, cache }, 'a test'),
    cache,
  })
  runtimeDirs.set(machine, runtimeDir)
  pictures.push(await machine.hardware?.picture())
  return machine
}

testMachineDriver({
  driver: 'image',
  boot,
  freeze: machine => freeze(runtimeDirs.get(machine)?.path ?? ''),
  async remains(machine) {
    const runtimeDir = runtimeDirs.get(machine)
    const left = processesOf(runtimeDir?.path ?? '').map(id => `process ${id}`)
    await runtimeDir?.[Symbol.asyncDispose]()
    return runtimeDir && existsSync(runtimeDir.path) ? [...left, runtimeDir.path] : left
  },
})

test('an image has a display, and says that it boots anew', () => {
  assert.ok(pictures.length > 0)
  for (const picture of pictures) assert.equal(picture?.toString('latin1', 1, 4), 'PNG')
  assert.match(notes.join('\n'), /tiny boots anew in each run/)
})
