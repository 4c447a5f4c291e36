/** `nixcumber run`: from what was asked for to an exit code. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type FoundConfig, loadConfig } from '../../config/config.ts'
import { runFolder, runSettings } from '../../config/run-settings.ts'
import { plural } from '../../core/text.ts'
import { chooseMachines } from '../../cucumber/choose-machines.ts'
import { runSuite } from '../../cucumber/load-and-run.ts'
import { ROLE_TAG } from '../../cucumber/roles.ts'
import type { HostLane } from '../../report/terminal/host-progress.ts'
import { type Choice, chooseScenarios } from '../../runner/choose-scenarios.ts'
import type { HostQueue } from '../../runner/hosts/host-queues.ts'
import { onInterrupt } from '../../runner/interrupt.ts'
import { lastFailed } from '../../runner/last-failed.ts'
import { hasLiveHosts, type Preflight, preflight } from '../../runner/preflight.ts'
import { pruneAfter } from '../../runner/prune.ts'
import { rerunCommand } from '../../runner/rerun-command.ts'
import { type AskedRun, refuseImpossible, workersOf } from '../../runner/run-options.ts'
import { runTestPlan } from '../../runner/run-plan.ts'
import { RunSession, type SessionPlan } from '../../runner/run-session.ts'
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
  // Loaded before anything is written: a typing error leaves no trace.
  const choice = await chooseScenarios({ words, asked, found, settings, machines, keys })
  if (choice.leftOut > 0) notes.push(`${plural(choice.leftOut, 'scenario')} left out: --from ${asked.from}`)
  if (machines) notes.push(`Only what is about ${machines.join(', ')}: --on`)
  if (keys) notes.push('Only what did not hold when it was last run: --last-failed')
  return judge({ asked, found, settings, choice, notes })
}

interface Prepared {
  readonly asked: AskedRun
  readonly found: FoundConfig
  readonly settings: RunSettings
  readonly choice: Choice
  readonly notes: readonly string[]
}

async function judge(prepared: Prepared): Promise<number> {
  const { asked, found, settings, choice } = prepared
  const size = workersOf(asked, found.config)
  const ahead = await look(prepared, size)
  // Whoever pauses looks at one scenario at a time.
  const split = asked.pauseOnFailure ? ahead && { queues: [], rest: ahead.plan.scenarios } : ahead?.split
  const plan = sessionPlan(prepared, size, split?.queues ?? [])
  const { suite, loaded } = choice
  const hostsAtOnce = asked.hostsAtOnce ?? found.config.hostsAtOnce ?? HOSTS_AT_ONCE
  const parts = { loaded, suite, settings, size, hostsAtOnce, folder: plan.folder }
  const session = RunSession.open(plan)
  choice.whenCut(cut => session.cut(cut))
  using _ = onInterrupt(exitCode => session.stop(exitCode))
  try {
    if (ahead && split && !suite.dryRun) await runTestPlan(session, { ...parts, plan: ahead.plan, split })
    else await runSuite(loaded, suite.projectDir, envelope => session.accept(envelope))
    const exitCode = await session.end()
    await pruneAfter(plan.folder, suite.projectDir, found.config)
    // What a run would be refused for is worth knowing beside which steps are known.
    if (suite.dryRun) ahead?.refuse()
    return exitCode
  } catch (error) {
    const stopped = await session.abort()
    if (stopped !== undefined) return stopped
    throw error
  }
}

/** Undefined where one machine after the other is asked, all of them booted here. */
async function look({ settings, choice }: Prepared, size: number): Promise<Preflight | undefined> {
  const { suite, loaded } = choice
  if (size === 1 && !hasLiveHosts(settings) && !suite.features.some(speaksOfRoles)) return undefined
  const ahead = await preflight(loaded, settings)
  if (!suite.dryRun) ahead.refuse()
  return ahead
}

function sessionPlan(
  { asked, found, settings, choice, notes }: Prepared,
  size: number,
  queues: readonly HostQueue[],
): SessionPlan {
  const { config, projectDir } = found
  const { dryRun } = choice.suite
  const out = asked.out === undefined ? config.out && resolve(projectDir, config.out) : resolve(asked.out)
  const asHosts = dryRun ? [] : queues
  return {
    settings,
    folder: runFolder(settings.projectDir, out, dryRun),
    dryRun,
    notes,
    sideBySide: size > 1 || asHosts.length > 0,
    ...(asHosts.length > 1 ? { hosts: asHosts.map(toldByHost) } : {}),
    ...(choice.part.length > 0 ? { part: choice.part } : {}),
    ...(asked.shard ? { shard: asked.shard } : {}),
    ...(asked.pauseOnFailure ? { again: rerunCommand(asked, { projectDir, from: process.cwd() }) } : {}),
  }
}

/** Who has them is known before anything is started. */
const speaksOfRoles = (file: string): boolean => readFileSync(file, 'utf8').includes(ROLE_TAG)

const toldByHost = ({ name, scenarios }: HostQueue): HostLane => ({
  name,
  scenarios: scenarios.map(({ pickle }) => pickle.id),
})
