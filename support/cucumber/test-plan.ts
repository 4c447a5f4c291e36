/** What a run will consist of, without running it: cucumber reads, chooses and assembles, and its looking at the steps is not recorded. */
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api'
import type { Envelope, GherkinDocument, Pickle } from '@cucumber/messages'
import { dryRunSuite, type LoadedSuite } from './loading/load-suite.ts'
import type { AssembledScenario } from './scenario-runtime.ts'

export interface TestPlan {
  /** Empty when a feature cannot be read: then nothing is run. */
  readonly testRunStartedId: string
  /** In the order of the features. */
  readonly scenarios: readonly AssembledScenario[]
  /** Everything that comes before the first scenario starts. */
  readonly envelopes: readonly Envelope[]
}

export async function buildTestPlan(loaded: LoadedSuite, projectDir: string): Promise<TestPlan> {
  const { configuration, support } = loaded
  // The run has no context yet, which a world of ours asks for.
  const worldless = { ...support, World: class {} } as ISupportCodeLibrary
  const look = {
    support: worldless,
    configuration: { ...configuration, runtime: { ...configuration.runtime, dryRun: true } },
  }
  const documents = new Map<string, GherkinDocument>()
  const pickles = new Map<string, Pickle>()
  const scenarios: AssembledScenario[] = []
  const envelopes: Envelope[] = []
  let testRunStartedId = ''
  await dryRunSuite(look, projectDir, envelope => {
    if (KINDS.some(kind => envelope[kind] !== undefined)) envelopes.push(envelope)
    const { gherkinDocument, pickle, testCase, testRunStarted } = envelope
    if (gherkinDocument) documents.set(gherkinDocument.uri ?? '', gherkinDocument)
    if (pickle) pickles.set(pickle.id, pickle)
    if (testRunStarted) testRunStartedId = testRunStarted.id ?? ''
    const of = pickles.get(testCase?.pickleId ?? '')
    const document = documents.get(of?.uri ?? '')
    if (testCase && of && document) scenarios.push({ gherkinDocument: document, pickle: of, testCase })
  })
  return { testRunStartedId, scenarios, envelopes }
}

const KINDS = [
  'meta',
  'source',
  'gherkinDocument',
  'parseError',
  'pickle',
  'parameterType',
  'undefinedParameterType',
  'stepDefinition',
  'hook',
  'testRunStarted',
  'testCase',
] as const satisfies readonly (keyof Envelope)[]
