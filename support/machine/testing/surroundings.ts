import { join } from 'node:path'
import { Deadline } from '../../core/deadline.ts'
import { type Duration, seconds } from '../../core/duration.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { findToolchain } from '../../nix/find-toolchain.ts'
import type { Surroundings } from '../machine.ts'
import { StateDir } from '../runtime/runtime-dir.ts'

/** Surroundings for tests with a real QEMU, and what was noted in them. Disposing of them leaves nothing. */
export function realSurroundings(budget: Duration = seconds(60)) {
  const state = StateDir.create()
  const notes: string[] = []
  const surroundings: Surroundings = {
    stateDir: state.forMachine(),
    // Not evidence that anybody wants to keep, and a test may kill who would tidy up.
    evidenceDir: join(state.path, 'evidence'),
    deadline: Deadline.after(budget),
    progress: { start: () => ({ update() {}, done() {} }), note: text => void notes.push(text) },
    toolchain: () => findToolchain({ offline: true }),
    cache: cacheFolder(),
  }
  return {
    ...surroundings,
    notes,
    statePath: state.path,
    [Symbol.asyncDispose]: () => state[Symbol.asyncDispose](),
  }
}
