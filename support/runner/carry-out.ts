/** A run that was asked for, from its test plan to its verdict. */
import { resolve } from 'node:path'
import type { FoundConfig } from '../config/config.ts'
import { runFolder } from '../record/project-folder.ts'
import { holdOutFolder } from '../record/run/out-folder.ts'
import type { HostLane } from '../report/terminal/host-progress.ts'
import type { RunSettings } from '../world/settings.ts'
import type { Choice } from './choose-scenarios.ts'
import { exitWords, guardExit, guardThrown, refuseExit } from './exit-guard.ts'
import type { HostQueue } from './hosts/host-queues.ts'
import { onInterrupt } from './interrupt.ts'
import { preflight } from './preflight.ts'
import { pruneAfter } from './prune.ts'
import { rerunCommand } from './rerun-command.ts'
import { type AskedRun, workersOf } from './run-options.ts'
import { RunSession, type SessionPlan } from './run-session.ts'
import { runTestPlan } from './run-test-plan.ts'

const HOSTS_AT_ONCE = 20

export interface Prepared {
  readonly asked: AskedRun
  readonly found: FoundConfig
  readonly settings: RunSettings
  readonly choice: Choice
  readonly notes: readonly string[]
  readonly isPartOfGate?: boolean
}

export interface CarriedOut {
  readonly exitCode: number
  /** Of its record. */
  readonly folder: string
}

/** Every run goes this way: a test plan, what is wrong with it, then its scenarios by one engine (`runTestPlan`), then a verdict. */
export async function carryOut(prepared: Prepared): Promise<CarriedOut> {
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
    return { exitCode, folder }
  } catch (error) {
    const stopped = await session.abort()
    if (stopped !== undefined) return { exitCode: stopped, folder }
    throw error
  }
}

function sessionPlan(
  { asked, found, settings, choice, notes, isPartOfGate = false }: Prepared,
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
    isPartOfGate,
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
