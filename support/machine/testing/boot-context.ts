import { join } from 'node:path'
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { openToolbox } from '../../nix/tools/find-toolchain.ts'
import type { BootContext } from '../machine.ts'
import { RuntimeDir } from '../runtime/runtime-dir.ts'

/** Surroundings for tests with a real QEMU, and what was noted in them. Disposing of them leaves nothing. */
export function bootContextForTests(budget: Duration = seconds(60)) {
  const state = RuntimeDir.create()
  const notes: string[] = []
  const context: BootContext = {
    runtimeDir: state.forMachine(),
    // Not evidence worth keeping, and a test may kill who would tidy up.
    evidenceDir: join(state.path, 'evidence'),
    deadline: Deadline.after(budget),
    progress: { start: () => ({ update() {}, done() {} }), note: text => void notes.push(text) },
    machineTools: () => openToolbox({ offline: true }, 'a test'),
    cache: cacheFolder(),
  }
  return {
    ...context,
    notes,
    statePath: state.path,
    [Symbol.asyncDispose]: () => state[Symbol.asyncDispose](),
  }
}
