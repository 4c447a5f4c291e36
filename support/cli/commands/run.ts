/** `nixcumber run`: from what was asked for to an exit code. */
import { loadConfig } from '../../config/config.ts'
import { runSettings } from '../../config/run-settings.ts'
import { plural } from '../../core/text/text.ts'
import { chooseMachines } from '../../cucumber/selection/choose-machines.ts'
import { carryOut } from '../../runner/carry-out.ts'
import { chooseScenarios } from '../../runner/choose-scenarios.ts'
import { guardExit, refuseExit } from '../../runner/exit-guard.ts'
import { lastFailed } from '../../runner/last-failed.ts'
import { type AskedRun, refuseImpossible } from '../../runner/run-options.ts'
import type { Given } from '../registry.ts'

export async function run({ words, options }: Given): Promise<number> {
  const asked: AskedRun = options
  const found = await loadConfig(process.cwd())
  const notes: string[] = []
  const settings = await runSettings(found, asked, text => notes.push(text))
  const machines = asked.on && chooseMachines(asked.on, settings.machines)
  refuseImpossible(asked)
  const keys = asked.lastFailed ? lastFailed(settings.projectDir) : undefined
  if (keys?.length === 0) {
    console.log('NOTHING TO DO  everything held when it was last run')
    return 0
  }
  using _exit = guardExit(refuseExit)
  // Loaded before anything is written: a typing error leaves no trace.
  const choice = await chooseScenarios({ words, asked, found, settings, machines, keys })
  if (choice.leftOut > 0) notes.push(`${plural(choice.leftOut, 'scenario')} left out: --from ${asked.from}`)
  if (machines) notes.push(`Only what is about ${machines.join(', ')}: --on`)
  if (keys) notes.push('Only what did not hold when it was last run: --last-failed')
  return (await carryOut({ asked, found, settings, choice, notes })).exitCode
}
