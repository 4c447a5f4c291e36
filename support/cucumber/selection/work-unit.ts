/** What is handed to one worker, or to one shard, as a whole. Pure. */
import type { GherkinDocument, Pickle } from '@cucumber/messages'
import type { History } from '../../record/history/history.ts'
import { keyOfPickle, scenarioKeys, scenarios } from '../../record/scenario-key.ts'

export interface Candidate {
  readonly gherkinDocument: GherkinDocument
  readonly pickle: Pickle
}

/** One scenario or row; or all of a feature whose scenarios build on one another. */
export interface WorkUnit<C extends Candidate = Candidate> {
  readonly uri: string
  /** In the order of the feature. */
  readonly scenarios: readonly C[]
  /** The scenarios build on one another: none can be judged without those before it. */
  readonly ordered: boolean
  /** Expected time. Without any recorded duration every scenario counts as one second. */
  readonly milliseconds: number
}

/** Milliseconds by the key of a scenario, from earlier runs. */
export type Durations = Readonly<Record<string, number>>

export const durationsOf = (history: History = {}): Durations =>
  Object.fromEntries(
    Object.entries(history).flatMap(([key, { milliseconds }]) =>
      milliseconds === undefined ? [] : [[key, milliseconds]],
    ),
  )

const UNKNOWN = 1000

/** In the order of the features. @param durations a scenario that is not in them is taken for a median one */
export function workUnitsOf<C extends Candidate>(candidates: readonly C[], durations: Durations = {}): WorkUnit<C>[] {
  const units: { uri: string; scenarios: C[]; ordered: boolean; milliseconds: number }[] = []
  const files = new Map<string, File>()
  const usual = median(Object.values(durations)) ?? UNKNOWN
  for (const candidate of candidates) {
    const { gherkinDocument, pickle } = candidate
    const file = files.get(pickle.uri) ?? fileOf(gherkinDocument)
    files.set(pickle.uri, file)
    const milliseconds = durations[keyOfPickle(pickle, file.keys)] ?? usual
    const open = file.ordered ? units.find(({ uri }) => uri === pickle.uri) : undefined
    if (open) {
      open.scenarios.push(candidate)
      open.milliseconds += milliseconds
    } else units.push({ uri: pickle.uri, scenarios: [candidate], ordered: file.ordered, milliseconds })
  }
  return units
}

/** The key by which this scenario is known from run to run. */
export const keyOf = ({ gherkinDocument, pickle }: Candidate): string =>
  keyOfPickle(pickle, fileOf(gherkinDocument).keys)

interface File {
  readonly keys: ReadonlyMap<string, string>
  readonly ordered: boolean
}

const known = new WeakMap<GherkinDocument, File>()

function fileOf(document: GherkinDocument): File {
  const file = known.get(document) ?? { keys: scenarioKeys(document), ordered: buildsOnItself(document) }
  known.set(document, file)
  return file
}

const BUILDING = ['@shared', '@milestone']

/** Asked of the whole file, so that choosing scenarios by tag or line changes no unit. */
function buildsOnItself({ feature }: GherkinDocument): boolean {
  const tagged = [
    feature,
    ...(feature?.children ?? []).map(({ rule }) => rule),
    ...scenarios(feature?.children ?? []).flatMap(({ scenario }) => [scenario, ...scenario.examples]),
  ]
  return tagged.some(each => each?.tags.some(({ name }) => BUILDING.includes(name)))
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
