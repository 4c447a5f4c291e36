/** `--from SCENARIO`: where in the order of the run it begins. */
import { relative, resolve } from 'node:path'
import type { GherkinDocument, Pickle } from '@cucumber/messages'
import { refuse } from '../core/refusal.ts'
import { dryRunSuite, type LoadedSuite } from './loading/load-suite.ts'
import { covers, placeOf } from './selection/filter-plugin.ts'

interface Listed {
  readonly pickles: readonly Pickle[]
  readonly documents: ReadonlyMap<string, GherkinDocument>
}

/**
 * The places of all scenarios before the wanted one: by its name, or by the file and any of its lines.
 * @throws UsageError with the nearest name when there is none, or with the places when there are several
 */
export async function skipUntil(wanted: string, loaded: LoadedSuite, projectDir: string): Promise<string[]> {
  const listed = await list(loaded, projectDir)
  const [, file, line] = /^(.*\.feature(?:\.md)?):(\d+)$/.exec(wanted) ?? []
  const first =
    file === undefined
      ? byName(wanted, listed)
      : byLine({ uri: relative(projectDir, resolve(file)), line: Number(line), wanted }, listed)
  return listed.pickles.slice(0, first).map(placeOf)
}

const NO_NAME = '(?!)'

/** All scenarios in the order of the run, whatever else chooses among them. They are told when read, and none is chosen to be run. */
async function list({ support, configuration }: LoadedSuite, projectDir: string): Promise<Listed> {
  const pickles: Pickle[] = []
  const documents = new Map<string, GherkinDocument>()
  const none = {
    ...configuration,
    sources: { ...configuration.sources, names: [NO_NAME] },
    runtime: { ...configuration.runtime, dryRun: true },
  }
  await dryRunSuite({ support, configuration: none }, projectDir, ({ pickle, gherkinDocument }) => {
    if (pickle) pickles.push(pickle)
    if (gherkinDocument) documents.set(gherkinDocument.uri ?? '', gherkinDocument)
  })
  return { pickles, documents }
}

function byName(wanted: string, { pickles }: Listed): number {
  const named = pickles.filter(({ name }) => name === wanted)
  const scenarios = new Map(named.map(pickle => [`${pickle.uri} ${pickle.astNodeIds[0]}`, pickle]))
  if (scenarios.size > 1)
    throw refuse({
      what: `${scenarios.size} scenarios are named "${wanted}"`,
      known: [...scenarios.values()].map(placeOf),
      next: `--from ${placeOf([...scenarios.values()][0] as Pickle)}`,
    })
  const first = pickles.findIndex(({ name }) => name === wanted)
  if (first >= 0) return first
  throw refuse({
    what: `--from names no scenario: "${wanted}"`,
    expected: 'the whole name of a scenario, or FILE:LINE',
    got: wanted,
    known: [...new Set(pickles.map(({ name }) => name))],
    next: 'nixcumber run --dry-run',
  })
}

function byLine(
  { uri, line, wanted }: { readonly uri: string; readonly line: number; readonly wanted: string },
  { pickles, documents }: Listed,
): number {
  const document = documents.get(uri)
  const first = pickles.findIndex(pickle => pickle.uri === uri && document && covers(document, pickle, line))
  if (first >= 0) return first
  throw refuse({
    what: `--from names no scenario: ${wanted}`,
    expected: 'a line of a scenario in one of the features of this run',
    got: uri,
    known: [...documents.keys()],
  })
}
