/** Makes the context of a run. What is heavy is loaded and made when first asked for: a dry run needs none of it. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../core/clock.ts'
import type { Progress } from '../core/progress.ts'
import { refuse } from '../core/refusal.ts'
import { Flakes } from '../flake/flakes.ts'
import type { Machine } from '../machine/machine.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { RunContext } from './context.ts'
import type { RunSettings } from './settings.ts'

export interface Surroundings {
  readonly settings: RunSettings
  readonly progress: Progress
  readonly record: RunRecord
}

/** A context that can be ended: afterwards no machine of it runs, unless they are kept. */
export type OwnedContext = RunContext & AsyncDisposable

export function composeContext({ settings, progress: shown, record }: Surroundings): OwnedContext {
  const progress = recordedProgress(shown, record)
  const scratch = join(record.folder, 'work')
  const toolchain = once(async () => {
    const { findToolchain } = await import('../nix/find-toolchain.ts')
    return findToolchain({ offline: settings.offline, progress, cache: settings.cacheDir })
  })
  return {
    settings,
    clock: systemClock,
    progress,
    record,
    toolchain,
    flakes: new Flakes({ ...settings, scratch, logDir: join(record.folder, 'evidence/nix'), progress, toolchain }),
    machines: {
      names: Object.keys(settings.machines),
      get: async (name: string): Promise<Machine> => {
        throw refuse({ what: `Machine "${name}" cannot be started yet` })
      },
    },
    async [Symbol.asyncDispose]() {
      if (!settings.keep) await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** Notes are for the report as well as for the eye. */
const recordedProgress = (progress: Progress, record: RunRecord): Progress => ({
  start: what => progress.start(what),
  note(text) {
    record.note(text)
    progress.note(text)
  },
})

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
