/** `nixcumber run`: from what was asked for to an exit code. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { refuse } from '../core/refusal.ts'
import { plural } from '../core/text.ts'
import { parseMachineUrl } from '../machine/machine-url.ts'
import type { HostLane } from '../report/host-progress.ts'
import { againCommand } from './again.ts'
import type { Given } from './commands.ts'
import { type FoundConfig, loadConfig } from './config.ts'
import type { Config } from './config-schema.ts'
import { choosing, load, runSuite, type Suite } from './embed.ts'
import { FanOut, ROLE_TAG } from './fan-out.ts'
import { type FeatureFiles, featureFiles } from './feature-paths.ts'
import type { Lane } from './fleet/lanes.ts'
import { hasLiveHosts, lookAhead } from './fleet/look-ahead.ts'
import { runAnnounced } from './fleet/run-announced.ts'
import { leftOutBefore } from './from.ts'
import { onInterrupt } from './interrupt.ts'
import { lastFailed } from './last-failed.ts'
import { chosenMachines } from './on.ts'
import { refuseWithoutTerminal } from './pause.ts'
import { pruneAfter } from './prune.ts'
import { Session } from './session.ts'
import { type RunOptions, recall, runFolder, runSettings } from './settings.ts'
import { stepFiles } from './step-files.ts'
import { crewSize } from './workers/crew-size.ts'
import type { Cut, Shard } from './workers/shard.ts'
import { type Candidate, durationsOf } from './workers/unit.ts'

interface Options extends RunOptions {
  readonly tags?: string
  readonly name?: readonly string[]
  readonly dryRun?: true
  readonly failFast?: true
  readonly retry?: number
  readonly out?: string
  readonly from?: string
  readonly pauseOnFailure?: true
  readonly parallel?: number | 'auto'
  readonly shard?: Shard
  readonly lastFailed?: true
  readonly on?: readonly string[]
  readonly hostsAtOnce?: number
}

const HOSTS_AT_ONCE = 20
const DEFAULT_FEATURES = ['features/**/*.feature']

export async function run({ words, options }: Given): Promise<number> {
  const asked: Options = options
  const found = await loadConfig(process.cwd())
  const unjudged: string[] = []
  const settings = await runSettings(found, asked, text => unjudged.push(text))
  const chosen = asked.on && chosenMachines(asked.on, settings.machines)
  if (asked.parallel !== undefined && asked.parallel !== 1) refuseWithSeveral(asked)
  for (const [name, { address }] of Object.entries(settings.machines))
    if (address !== undefined) parseMachineUrl(`${name}=${address}`, { folder: settings.projectDir, env: process.env })
  if (asked.pauseOnFailure) refuseWithoutTerminal()
  const keys = asked.lastFailed ? lastFailed(settings.projectDir) : undefined
  if (keys?.length === 0) {
    console.log('NOTHING TO DO  everything held when it was last run')
    return 0
  }
  const suite = suiteOf(found, wantedFeatures(words, found), asked)
  // Loaded before anything is written: a typing error leaves no trace.
  const all = await load(suite)
  const leftOut = asked.from === undefined ? [] : await leftOutBefore(asked.from, all, suite.projectDir)

  const out =
    asked.out === undefined ? found.config.out && resolve(found.projectDir, found.config.out) : resolve(asked.out)
  const single = suite.dryRun || settings.keep || asked.pauseOnFailure
  const size = single ? 1 : crewSize(asked.parallel ?? found.config.parallel ?? 1)
  const { shard } = asked
  const hostsAtOnce = asked.hostsAtOnce ?? found.config.hostsAtOnce ?? HOSTS_AT_ONCE
  let cut: Cut<Candidate> | undefined
  let session: Session | undefined
  const told = (made: Cut<Candidate>): void => {
    cut = made
    session?.cut(made)
  }
  const loaded = choosing(all, {
    fanOut: new FanOut(settings.machines, chosen),
    leftOut,
    ...(keys ? { keys } : {}),
    ...(shard ? { shard: { ...shard, durations: durationsOf(recall(suite.projectDir)), told } } : {}),
  })
  const isAhead = size > 1 || hasLiveHosts(settings) || suite.features.some(speaksOfRoles)
  const ahead = isAhead ? await lookAhead(loaded, settings) : undefined
  if (!suite.dryRun) ahead?.refuse()
  // Whoever pauses looks at one scenario at a time.
  const split = ahead && (asked.pauseOnFailure ? { lanes: [], rest: ahead.announced.scenarios } : ahead.split)
  const lanes = suite.dryRun ? [] : (split?.lanes ?? [])
  const folder = runFolder(settings.projectDir, out, suite.dryRun)
  const opened = Session.open({
    settings,
    folder,
    dryRun: suite.dryRun,
    notes: [
      ...unjudged,
      ...(leftOut.length === 0 ? [] : [`${plural(leftOut.length, 'scenario')} left out: --from ${asked.from}`]),
      ...(chosen ? [`Only what is about ${chosen.join(', ')}: --on`] : []),
      ...(keys ? ['Only what did not hold when it was last run: --last-failed'] : []),
    ],
    sideBySide: size > 1 || lanes.length > 0,
    ...(lanes.length > 1 ? { hosts: lanes.map(toldByHost) } : {}),
    ...(shard ? { shard } : {}),
    ...(asked.pauseOnFailure
      ? { again: againCommand(asked, { projectDir: suite.projectDir, from: process.cwd() }) }
      : {}),
  })
  session = opened
  if (cut) session.cut(cut)
  using _ = onInterrupt(exitCode => opened.stop(exitCode))
  try {
    if (ahead && split && !suite.dryRun)
      await runAnnounced(opened, {
        announced: ahead.announced,
        split,
        loaded,
        suite,
        settings,
        folder,
        size,
        hostsAtOnce,
      })
    else await runSuite(loaded, suite.projectDir, envelope => opened.accept(envelope))
    const exitCode = await opened.end()
    await pruneAfter(folder, suite.projectDir, found.config)
    // What a run would be refused for is worth knowing beside which steps are known.
    if (suite.dryRun) ahead?.refuse()
    return exitCode
  } catch (error) {
    const stopped = await opened.abandon()
    if (stopped !== undefined) return stopped
    throw error
  }
}

/** Who has them is known before anything is started. */
const speaksOfRoles = (file: string): boolean => readFileSync(file, 'utf8').includes(ROLE_TAG)

const toldByHost = ({ name, scenarios }: Lane): HostLane => ({
  name,
  scenarios: scenarios.map(({ pickle }) => pickle.id),
})

function wantedFeatures(words: readonly string[], { projectDir, config }: FoundConfig): FeatureFiles {
  if (words.length > 0) return featureFiles(words, process.cwd(), projectDir)
  return featureFiles(config.features ?? DEFAULT_FEATURES, projectDir, projectDir)
}

function suiteOf(
  { projectDir, config }: { projectDir: string; config: Config },
  features: FeatureFiles,
  asked: Options,
): Suite {
  const tags = asked.tags ?? config.tags
  return {
    projectDir,
    features: features.files,
    steps: stepFiles(projectDir, config.steps ?? []),
    selection: { lines: features.lines },
    ...(tags === undefined ? {} : { tags }),
    names: asked.name ?? [],
    dryRun: asked.dryRun ?? false,
    failFast: asked.failFast ?? false,
    // Whoever looks at a failure has nothing of a second try.
    retry: asked.pauseOnFailure ? 0 : (asked.retry ?? config.retry ?? 0),
    pauseOnFailure: asked.pauseOnFailure ?? false,
  }
}

/** Each worker has a machine of every name: which one is to be entered? */
function refuseWithSeveral({ keep, pauseOnFailure }: Options): void {
  if (!keep && !pauseOnFailure) return
  throw refuse({
    what: `${keep ? '--keep' : '--pause-on-failure'} needs a single worker`,
    expected: 'without --parallel, so that each machine is there once',
  })
}
