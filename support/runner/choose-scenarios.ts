/** Which scenarios a run is to have, of which features, with which steps. */

import type { FoundConfig } from '../config/config.ts'
import { type FeatureFiles, featureFiles } from '../cucumber/loading/feature-paths.ts'
import { type LoadedSuite, loadSuite, type Suite, withSelection } from '../cucumber/loading/load-suite.ts'
import { stepFiles } from '../cucumber/loading/step-files.ts'
import { FanOut } from '../cucumber/selection/roles.ts'
import type { Cut } from '../cucumber/selection/shard.ts'
import { type Candidate, durationsOf } from '../cucumber/selection/work-unit.ts'
import { skipUntil } from '../cucumber/skip-until.ts'
import { LAST_FAILED } from '../record/merge/part.ts'
import { recallLastRun } from '../record/project-folder.ts'
import type { RunSettings } from '../world/settings.ts'
import type { AskedRun } from './run-options.ts'

const DEFAULT_FEATURES = ['features/**/*.feature']

export interface Choice {
  readonly suite: Suite
  readonly loaded: LoadedSuite
  /** Scenarios that --from leaves out. */
  readonly leftOut: number
  /** The words that chose only some of the project's scenarios; none when all were asked for. */
  readonly part: readonly string[]
  /** @param hear told what of all scenarios is this shard's, as soon as that is known, or at once when it is already */
  whenCut(hear: (cut: Cut<Candidate>) => void): void
}

interface Wanted {
  readonly words: readonly string[]
  readonly asked: AskedRun
  readonly found: FoundConfig
  readonly settings: RunSettings
  /** Names of machines: only what is about them. */
  readonly machines: readonly string[] | undefined
  /** Only these scenarios. */
  readonly keys: readonly string[] | undefined
}

/** @throws UsageError for features and steps that cannot be loaded, and for a --from that is nowhere */
export async function chooseScenarios({ words, asked, found, settings, machines, keys }: Wanted): Promise<Choice> {
  const suite = suiteOf(found, wantedFeatures(words, found), asked)
  const all = await loadSuite(suite)
  const leftOut = asked.from === undefined ? [] : await skipUntil(asked.from, all, suite.projectDir)
  const { tell, hear } = relay<Cut<Candidate>>()
  const { shard } = asked
  const loaded = withSelection(all, {
    fanOut: new FanOut(settings.machines, machines),
    leftOut,
    ...(keys ? { keys } : {}),
    ...(shard ? { shard: { ...shard, durations: durationsOf(recallLastRun(suite.projectDir)), told: tell } } : {}),
  })
  return { suite, loaded, leftOut: leftOut.length, part: partOf(words, asked), whenCut: hear }
}

/** What falls to a shard is told apart: shards are put together again. */
const partOf = (words: readonly string[], { tags, name = [], on = [], from, lastFailed }: AskedRun): string[] => [
  ...words.toSorted(),
  ...(tags === undefined ? [] : [`--tags ${tags}`]),
  ...name.map(each => `--name ${each}`),
  ...on.map(each => `--on ${each}`),
  ...(from === undefined ? [] : [`--from ${from}`]),
  ...(lastFailed ? [LAST_FAILED] : []),
]

/** Keeps one value until a listener subscribes. */
function relay<Word>(): { tell(word: Word): void; hear(listener: (word: Word) => void): void } {
  let said: { readonly word: Word } | undefined
  let listener: ((word: Word) => void) | undefined
  return {
    tell: word => {
      said = { word }
      listener?.(word)
    },
    hear: added => {
      listener = added
      if (said) added(said.word)
    },
  }
}

/** Absolute paths of all that says what must hold, where the command line names no features: features, the project's steps, its configuration. */
export function judgedFiles(found: FoundConfig): string[] {
  const { projectDir, config, file } = found
  return [...wantedFeatures([], found).files, ...stepFiles(projectDir, config.steps ?? []), ...(file ? [file] : [])]
}

function wantedFeatures(words: readonly string[], { projectDir, config }: FoundConfig): FeatureFiles {
  if (words.length > 0) return featureFiles(words, process.cwd(), projectDir)
  return featureFiles(config.features ?? DEFAULT_FEATURES, projectDir, projectDir)
}

function suiteOf({ projectDir, config }: FoundConfig, features: FeatureFiles, asked: AskedRun): Suite {
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
    // A person who looks at a failure gains nothing from a second try.
    retry: asked.pauseOnFailure ? 0 : (asked.retry ?? config.retry ?? 0),
    pauseOnFailure: asked.pauseOnFailure ?? false,
  }
}
