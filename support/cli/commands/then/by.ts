/** The two ways, each from a closure that lies on the target to an exit code. */
import { byNixosRebuild, byOurselves, knowsStorePath } from '../../../deploy/switch/rebuild.ts'
import { mustRun, switchTo } from '../../../deploy/switch/switch.ts'
import { tellCompared } from './compared.ts'
import { askLive } from './live.ts'
import type { At, Judged, Prepared } from './prepared.ts'

export async function bySwitch({ live, after }: Prepared, { document, folder }: Judged, at: At): Promise<number> {
  const system = document.toplevel.path
  let asked = ''
  const outcome = await switchTo({
    ...{ ...at, system, after },
    async features() {
      const run = await at.interrupt.aside(() => askLive(live))
      asked = run.folder
      return run.exitCode
    },
  })
  if (outcome.is === 'holds') {
    await tellCompared(folder, asked)
    console.log(`\nHOLDS THERE  ${document.host} runs ${system}, and boots it`)
    return 0
  }
  const { why } = outcome
  // What it says of the target was so before it went back.
  console.error(`\n${why.cause instanceof Error ? why.cause.message : why.message}`)
  console.log(`\nROLLED BACK  ${document.host} runs ${at.before.system} again, and boots what it booted`)
  return why.exitCode === 1 ? 1 : 3
}

/** Nothing brings the old system back by itself: that is what `switch` is for. */
export async function byRebuild(
  { live }: Prepared,
  { document, folder }: Judged,
  { target, stages, before, interrupt }: At,
): Promise<number> {
  const system = document.toplevel.path
  const otherwise = `it runs and boots ${before.system} or ${system}: readlink /run/current-system /nix/var/nix/profiles/system`
  await stages.go({
    ...{ name: 'rebuild', does: `runs ${system}, and boots it from now on`, otherwise },
    async run() {
      await ((await knowsStorePath()) ? byNixosRebuild(system, target.ssh) : byOurselves(system, target))
      await mustRun(target, { system, profile: system })
    },
  })
  const asking = {
    name: 'features',
    does: 'is asked whether the features hold there',
    otherwise: `it runs and boots ${system}`,
  }
  const run = await stages.go({ ...asking, run: () => interrupt.aside(() => askLive(live)) })
  await tellCompared(folder, run.folder)
  console.log(
    `\n${run.exitCode === 0 ? 'HOLDS THERE' : 'DOES NOT HOLD THERE'}  ${document.host} runs ${system}, and boots it`,
  )
  if (run.exitCode !== 0) console.log(`  Back: there, nixos-rebuild switch --rollback`)
  return run.exitCode === 0 || run.exitCode === 1 ? run.exitCode : 3
}
