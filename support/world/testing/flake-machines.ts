/** Machines of a host of a flake, offline, for the contract of a driver. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { silentProgress } from '../../core/progress.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes } from '../../core/time/duration.ts'
import { FlakeInPlay } from '../../flake/flake-in-play.ts'
import { Flakes } from '../../flake/flakes.ts'
import { OWN_MACHINE } from '../../machine/abilities.ts'
import type { Machine, MachineDriver, MachinePlan } from '../../machine/machine.ts'
import { RuntimeDir } from '../../machine/runtime/runtime-dir.ts'
import { processesOf } from '../../machine/testing/processes.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { openToolbox } from '../../nix/tools/find-toolchain.ts'

const progress = silentProgress
const toolchain = () => openToolbox({ offline: true, progress, cache: cacheFolder() }, 'a test')

/** The flake of that folder, for plans of its hosts. */
export function flakeForTests(folder: string): FlakeInPlay {
  const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-driver-'))
  test.after(() => rmSync(scratch, { recursive: true, force: true }))
  const flakes = new Flakes({
    ...{ projectDir: resolve('.'), offline: true, cacheDir: cacheFolder(), scratch, logDir: scratch },
    ...{ progress, toolchain },
  })
  const flake = new FlakeInPlay(flakes)
  flake.use(folder)
  return flake
}

export function machinesOf<Plan extends MachinePlan>(driver: MachineDriver<Plan>, plan: Plan) {
  const states = new WeakMap<Machine, RuntimeDir>()
  return {
    async boot(): Promise<Machine> {
      const state = RuntimeDir.create()
      const machine = await driver.boot(
        { ...plan, abilities: OWN_MACHINE },
        {
          runtimeDir: state.forMachine(),
          evidenceDir: join(state.path, 'evidence'),
          deadline: Deadline.after(minutes(8)),
          progress,
          machineTools: toolchain,
          cache: cacheFolder(),
        },
      )
      states.set(machine, state)
      return machine
    },
    async remains(machine: Machine): Promise<readonly string[]> {
      const state = states.get(machine)
      const left = processesOf(state?.path ?? '').map(id => `process ${id}`)
      await state?.[Symbol.asyncDispose]()
      return state && existsSync(state.path) ? [...left, state.path] : left
    },
  }
}
