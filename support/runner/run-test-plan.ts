/**
 * The engine of every run, a dry one too: it runs the scenarios of a test plan. Those of live hosts side by side in this process, as they
 * only wait; then the rest, here one after the other, or by workers. Cucumber's own coordinator reads and assembles (`buildTestPlan`) and
 * runs nothing: it cannot keep a host's scenarios together, nor say what a run will do before it begins.
 */
import { TimeConversion } from '@cucumber/messages'
import type { AssembledScenario } from '../cucumber/scenario-runtime.ts'
import { mayRunBeside, openRuntime, type ScenarioRuntime } from '../cucumber/scenario-runtime.ts'
import type { TestPlan } from '../cucumber/test-plan.ts'
import { runContext } from '../world/context.ts'
import type { Split } from './hosts/host-queues.ts'
import { runHostQueues } from './hosts/run-host-queues.ts'
import type { RunSession } from './run-session.ts'
import { type ParallelRun, runParallel } from './workers/parallel.ts'

export interface TestPlanRun extends Omit<ParallelRun, 'testRunStartedId' | 'scenarios'> {
  readonly plan: TestPlan
  readonly split: Split<AssembledScenario>
  readonly hostsAtOnce: number
}

export async function runTestPlan(session: RunSession, run: TestPlanRun): Promise<void> {
  const { plan, split, size } = run
  const { testRunStartedId, envelopes } = plan
  for (const envelope of envelopes) session.accept(envelope)
  if (testRunStartedId === '') return
  const isParted = size > 1 && split.rest.length > 0
  let held = split.queues.length === 0 && isParted ? true : await runHere(session, run, isParted)
  if (isParted && !isOver(run, held))
    held = (await runParallel(session, { ...run, testRunStartedId, scenarios: split.rest })) && held
  const timestamp = TimeConversion.millisecondsSinceEpochToTimestamp(Date.now())
  session.accept({ testRunFinished: { testRunStartedId, timestamp, success: held } })
}

const isOver = ({ suite }: TestPlanRun, held: boolean): boolean => suite.failFast && !held

/** True when everything held. @throws what a hook of the whole run threw */
async function runHere(session: RunSession, run: TestPlanRun, isParted: boolean): Promise<boolean> {
  const { plan, loaded, suite, split, hostsAtOnce } = run
  const runtime: ScenarioRuntime = openRuntime({
    testRunStartedId: plan.testRunStartedId,
    name: '',
    options: loaded.configuration.runtime,
    support: loaded.support,
    onMessage: envelope => session.accept(envelope),
  })
  // Cucumber adds a listener for uncaught errors in each step that runs.
  process.setMaxListeners(0)
  await runtime.runBeforeAllHooks()
  let held = await runHostQueues({
    queues: split.queues,
    hostsAtOnce,
    failFast: suite.failFast,
    mayRunBeside: mayRunBeside(loaded.support),
    // Why a host cannot be asked is told by each of its scenarios.
    connect: host =>
      runContext()
        .machines.get(host)
        .then(
          () => {},
          () => {},
        ),
    run: (scenario, failing) => runtime.runTestCase(scenario, failing),
  })
  // Where nothing more is run, it is told as left out.
  const rest = isParted && !isOver(run, held) ? [] : split.rest
  for (const scenario of rest) held = (await runtime.runTestCase(scenario, !held)) && held
  await runtime.runAfterAllHooks()
  return held
}
