/** `nixcumber run`: from what was asked for to an exit code. */
import { resolve } from 'node:path'
import { type FoundConfig, loadConfig } from '../../config/config.ts'
import { runSettings } from '../../config/run-settings.ts'
import { plural } from '../../core/text.ts'
import { chooseMachines } from '../../cucumber/choose-machines.ts'
import { holdOutFolder } from '../../record/out-folder.ts'
import { runFolder } from '../../record/project-folder.ts'
import type { HostLane } from '../../report/terminal/host-progress.ts'
import { type Choice, chooseScenarios } from '../../runner/choose-scenarios.ts'
import { exitWords, guardExit, guardThrown, refuseExit } from '../../runner/exit-guard.ts'
import type { HostQueue } from '../../runner/hosts/host-queues.ts'
import { onInterrupt } from '../../runner/interrupt.ts'
import { lastFailed } from '../../runner/last-failed.ts'
import { preflight } from '../../runner/preflight.ts'
import { pruneAfter } from '../../runner/prune.ts'
import { rerunCommand } from '../../runner/rerun-command.ts'
import { type AskedRun, refuseImpossible, workersOf } from '../../runner/run-options.ts'
import { RunSession, type SessionPlan } from '../../runner/run-session.ts'
import { runTestPlan } from '../../runner/run-test-plan.ts'
import type { RunSettings } from '../../world/settings.ts'
import type { Given } from '../registry.ts'

const HOSTS_AT_ONCE = 20

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
  return await carryOut({ asked, found, settings, choice, notes })
}

interface Prepared {
  readonly asked: AskedRun
  readonly found: FoundConfig
  readonly settings: RunSettings
  readonly choice: Choice
  readonly notes: readonly string[]
}

/** Every run goes this way: a test plan, what is wrong with it, then its scenarios by one engine (`runTestPlan`), then a verdict. */
async function carryOut(prepared: Prepared): Promise<number> {
  const { asked, found, settings, choice } = prepared
  const { suite, loaded } = choice
  const size = workersOf(asked, found.config)
  const { plan, split, uses, refuse } = await preflight(loaded, settings)
  if (!suite.dryRun) refuse()
  // A person at a pause, and a dry run, take one scenario after the other.
  const order = asked.pauseOnFailure || suite.dryRun ? { queues: [], rest: plan.scenarios } : split
  const started = { ...sessionPlan(prepared, size, order.queues), uses }
  const { folder } = started
  const hostsAtOnce = asked.hostsAtOnce ?? found.config.hostsAtOnce ?? HOSTS_AT_ONCE
  await using _ = asked.out === undefined && found.config.out === undefined ? undefined : await holdOutFolder(folder)
  const session = RunSession.open(started)
  choice.whenCut(cut => session.cut(cut))
  using _interrupt = onInterrupt(exitCode => session.stop(exitCode))
  using _exit = guardExit(place => {
    session.interfered(exitWords(place))
    return refuseExit(place)
  })
  using _thrown = guardThrown(words => session.interfered(words))
  try {
    await runTestPlan(session, { loaded, suite, settings, size, hostsAtOnce, folder, plan, split: order })
    const exitCode = await session.end()
    await pruneAfter(folder, suite.projectDir, found.config)
    // What a run would be refused for is worth knowing beside which steps are known.
    if (suite.dryRun) refuse()
    return exitCode
  } catch (error) {
    const stopped = await session.abort()
    if (stopped !== undefined) return stopped
    throw error
  }
}

function sessionPlan(
  { asked, found, settings, choice, notes }: Prepared,
  size: number,
  queues: readonly HostQueue[],
): Omit<SessionPlan, 'uses'> {
  const { config, projectDir } = found
  const { dryRun } = choice.suite
  const out = asked.out === undefined ? config.out && resolve(projectDir, config.out) : resolve(asked.out)
  return {
    settings,
    folder: runFolder(settings.projectDir, out, dryRun),
    dryRun,
    notes,
    sideBySide: size > 1 || queues.length > 0,
    ...(queues.length > 1 ? { hosts: queues.map(toldByHost) } : {}),
    ...(choice.part.length > 0 ? { part: choice.part } : {}),
    ...(asked.shard ? { shard: asked.shard } : {}),
    ...(asked.pauseOnFailure ? { again: rerunCommand(asked, { projectDir, from: process.cwd() }) } : {}),
  }
}

const toldByHost = ({ name, scenarios }: HostQueue): HostLane => ({
  name,
  scenarios: scenarios.map(({ pickle }) => pickle.id),
})
