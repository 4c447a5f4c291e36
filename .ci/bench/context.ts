import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { silentProgress } from '../../support/core/progress.ts'
import { Deadline } from '../../support/core/time/deadline.ts'
import { minutes } from '../../support/core/time/duration.ts'
import { FlakeInPlay } from '../../support/flake/flake-in-play.ts'
import type { NixosShellPlan } from '../../support/machine/machine.ts'
import { cacheFolder } from '../../support/nix/cache-folder.ts'
import { RunFolder, type RunStart } from '../../support/record/run/run-folder.ts'
import { composeContext } from '../../support/world/compose.ts'

/** A run without features: one host of a flake, planned and known, offline. */
export async function benchContext(flakeFolder: string, host: string) {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-bench-'))
  const settings = {
    projectDir: resolve('.'),
    offline: true,
    machines: {},
    keep: false,
    cacheDir: cacheFolder(),
  }
  const start: RunStart = {
    tool: { name: 'nixcumber', version: 'bench', node: process.versions.node },
    command: ['bench'],
    inputs: 'offline',
    start: new Date().toISOString(),
  }
  const record = RunFolder.open(join(folder, 'run'), start, [])
  const context = composeContext({ settings, progress: silentProgress, record })
  const flake = new FlakeInPlay(context.flakes)
  flake.use(flakeFolder)
  const plan: NixosShellPlan = await flake.plan(host)
  context.machines.register(plan)
  return {
    folder,
    plan,
    name: plan.name,
    machines: context.machines,
    toolchain: await context.toolchain(),
    soon: () => Deadline.after(minutes(3)),
    async [Symbol.asyncDispose]() {
      await context[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
