/** The contract of machine drivers, with a whole guest: the server of the fixtures, offline. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { Deadline } from '../../core/deadline.ts'
import { minutes } from '../../core/duration.ts'
import { silentProgress } from '../../core/progress.ts'
import { FlakeInPlay } from '../../flake/flake-in-play.ts'
import { Flakes } from '../../flake/flakes.ts'
import { OWN_MACHINE } from '../../machine/abilities.ts'
import { testMachineDriver } from '../../machine/contract.ts'
import { nixosShell } from '../../machine/drivers/nixos-shell.ts'
import type { Machine } from '../../machine/machine.ts'
import { RuntimeDir } from '../../machine/runtime/runtime-dir.ts'
import { processesOf } from '../../machine/testing/processes.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { openToolbox } from '../../nix/find-toolchain.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-driver-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))

const progress = silentProgress
const cacheDir = cacheFolder()
const toolchain = () => openToolbox({ offline: true, progress, cache: cacheDir }, 'a test')
const flake = new FlakeInPlay(
  new Flakes({
    projectDir: resolve('.'),
    offline: true,
    cacheDir,
    scratch,
    logDir: scratch,
    progress,
    toolchain,
  }),
)
flake.use('fixtures/flakes/server')
const plan = await flake.plan('fsn1')

const states = new WeakMap<Machine, RuntimeDir>()

async function boot(): Promise<Machine> {
  const state = RuntimeDir.create()
  const machine = await nixosShell.boot(
    { ...plan, abilities: OWN_MACHINE },
    {
      runtimeDir: state.forMachine(),
      evidenceDir: join(state.path, 'evidence'),
      deadline: Deadline.after(minutes(8)),
      progress,
      machineTools: toolchain,
      cache: cacheDir,
    },
  )
  states.set(machine, state)
  return machine
}

testMachineDriver({
  driver: 'nixos-shell',
  boot,
  async remains(machine) {
    const state = states.get(machine)
    const left = processesOf(state?.path ?? '').map(id => `process ${id}`)
    await state?.[Symbol.asyncDispose]()
    return state && existsSync(state.path) ? [...left, state.path] : left
  },
})
