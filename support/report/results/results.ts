/** The message stream folded into what every report needs. Pure: live console and later reports see the same. */
import type * as messages from '@cucumber/messages'
import { rows } from '../../core/text/text.ts'
import type { History } from '../../record/history/history.ts'
import { keyOfPickle } from '../../record/scenario-key.ts'
import { explanations } from '../explanation.ts'
import { nearestSentence } from './nearest-sentence.ts'
import { OBSERVATION_MEDIA_TYPE, readObservation } from './observation.ts'
import { OUTCOME_MEDIA_TYPE, outcomeOf, worst } from './outcome.ts'
import { newScenario, type Outline, outline } from './outline.ts'
import type { EarlierTry, FeatureResult, ScenarioResult, StepResult, UnreadableFeature } from './result-types.ts'

type Milliseconds = number

/** Feed it every envelope in order; ask it at any time. A stream that breaks off leaves scenarios `unfinished`. */
export class Results {
  readonly features: FeatureResult[] = []
  readonly unreadable: UnreadableFeature[] = []
  /** Where sentences stand that no step has, known before anything runs: `features/web.feature:12`. */
  readonly unknown = new Set<string>()
  started: Milliseconds | undefined
  finished: Milliseconds | undefined

  readonly #documents = new Map<string, Outline>()
  readonly #pickles = new Map<string, messages.Pickle>()
  readonly #hooks = new Map<string, string>()
  readonly #testCases = new Map<string, messages.TestCase>()
  readonly #running = new Map<
    string,
    { scenario: ScenarioResult; steps: Map<string, StepResult>; since: Milliseconds }
  >()
  readonly #scenarios = new Map<string, ScenarioResult>()
  readonly #sentences: string[] = []

  /** Of all scenarios in the features that were read, run or not: keys by uri. */
  get keys(): ReadonlyMap<string, ReadonlySet<string>> {
    const all = new Map([...this.#documents.keys()].map(uri => [uri, new Set<string>()]))
    for (const pickle of this.#pickles.values())
      all.get(pickle.uri)?.add(keyOfPickle(pickle, this.#documents.get(pickle.uri)?.keys))
    return all
  }

  get scenarios(): ScenarioResult[] {
    return this.features.flatMap(feature => feature.scenarios)
  }

  accept(envelope: messages.Envelope): void {
    if (envelope.gherkinDocument) this.#document(envelope.gherkinDocument)
    if (envelope.pickle) this.#pickles.set(envelope.pickle.id, envelope.pickle)
    if (envelope.hook) this.#hooks.set(envelope.hook.id, envelope.hook.name ?? 'hook')
    if (envelope.parseError) this.#parseError(envelope.parseError)
    if (envelope.stepDefinition) this.#sentences.push(envelope.stepDefinition.pattern.source)
    if (envelope.testRunStarted) this.started = time(envelope.testRunStarted.timestamp)
    if (envelope.testCase) this.#testCase(envelope.testCase)
    if (envelope.testCaseStarted) this.#testCaseStarted(envelope.testCaseStarted)
    if (envelope.attachment) this.#attachment(envelope.attachment)
    if (envelope.testStepFinished) this.#stepFinished(envelope.testStepFinished)
    if (envelope.testCaseFinished) this.#testCaseFinished(envelope.testCaseFinished)
    if (envelope.testRunFinished) this.finished = time(envelope.testRunFinished.timestamp)
  }

  /** The scenario of a started test case, while it runs and afterwards. */
  scenarioOf(testCaseStartedId: string): ScenarioResult | undefined {
    return this.#running.get(testCaseStartedId)?.scenario
  }

  #document(document: messages.GherkinDocument): void {
    if (document.feature) this.#documents.set(document.uri ?? '', outline(document, document.feature))
  }

  #parseError({ source, message }: messages.ParseError): void {
    const line = source.location?.line
    this.unreadable.push({ uri: source.uri ?? '', message, ...(line === undefined ? {} : { line }) })
  }

  /** Test cases are announced before the first one starts: from here on a scenario is known, though it has not run. */
  #testCase(testCase: messages.TestCase): void {
    const pickle = this.#pickles.get(testCase.pickleId)
    if (!pickle) return
    this.#testCases.set(testCase.id, testCase)
    const scenario = newScenario(pickle, this.#documents.get(pickle.uri))
    this.#scenarios.set(testCase.id, scenario)
    this.#feature(pickle.uri).scenarios.push(scenario)
    for (const { pickleStepId, stepDefinitionIds } of testCase.testSteps)
      if (pickleStepId !== undefined && stepDefinitionIds?.length === 0) this.#unknown(pickle, pickleStepId)
  }

  #unknown({ uri, steps }: messages.Pickle, id: string): void {
    const [node = ''] = steps.find(step => step.id === id)?.astNodeIds ?? []
    this.unknown.add(`${uri}:${this.#documents.get(uri)?.steps.get(node)?.line ?? 0}`)
  }

  #feature(uri: string): FeatureResult {
    const known = this.features.find(feature => feature.uri === uri)
    if (known) return known
    const { name = '', description = '' } = this.#documents.get(uri) ?? {}
    const feature: FeatureResult = { uri, name, description, scenarios: [] }
    this.features.push(feature)
    return feature
  }

  #testCaseStarted({ id, testCaseId, attempt, timestamp }: messages.TestCaseStarted): void {
    const scenario = this.#scenarios.get(testCaseId)
    const testCase = this.#testCases.get(testCaseId)
    if (!scenario || !testCase) return
    const pickle = this.#pickles.get(testCase.pickleId)
    const steps = new Map(
      testCase.testSteps.map(step => [step.id, this.#step(step, pickle, this.#documents.get(scenario.uri))]),
    )
    const earlier = attempt === 0 ? [] : [...scenario.earlier, earlierTry(scenario)]
    Object.assign(scenario, { attempts: attempt + 1, earlier, outcome: 'unfinished', steps: [...steps.values()] })
    this.#running.set(id, { scenario, steps, since: time(timestamp) })
  }

  #step(step: messages.TestStep, pickle: messages.Pickle | undefined, document: Outline | undefined): StepResult {
    const written = pickle?.steps.find(({ id }) => id === step.pickleStepId)
    const source = written?.astNodeIds.map(id => document?.steps.get(id)).find(found => found)
    return {
      keyword: source?.keyword ?? '',
      text: written?.text ?? this.#hooks.get(step.hookId ?? '') ?? 'hook',
      hook: written === undefined,
      ...(source ? { line: source.line } : {}),
      ...(written?.argument?.docString ? { docString: written.argument.docString.content } : {}),
      ...(written?.argument?.dataTable
        ? { table: written.argument.dataTable.rows.map(row => row.cells.map(cell => cell.value)) }
        : {}),
      outcome: 'unfinished',
      milliseconds: 0,
      attachments: [],
    }
  }

  #attachment({
    testCaseStartedId = '',
    testStepId = '',
    mediaType,
    body,
    fileName,
    contentEncoding,
  }: messages.Attachment): void {
    const step = this.#running.get(testCaseStartedId)?.steps.get(testStepId)
    if (!step) return
    const observation = mediaType === OBSERVATION_MEDIA_TYPE ? readObservation(body) : undefined
    if (observation) step.observation = observation
    else step.attachments.push({ name: fileName ?? '', mediaType, body, encoding: contentEncoding })
  }

  #stepFinished({ testCaseStartedId, testStepId, testStepResult }: messages.TestStepFinished): void {
    const running = this.#running.get(testCaseStartedId)
    const step = running?.steps.get(testStepId)
    if (!running || !step) return
    const { exception, message } = testStepResult
    step.outcome = outcomeOf(testStepResult)
    const said = step.attachments.findIndex(({ mediaType }) => mediaType === OUTCOME_MEDIA_TYPE)
    if (said >= 0) Object.assign(step, { ours: true, outcome: step.attachments.splice(said, 1)[0]?.body })
    if (testStepResult.status === 'PENDING') Object.assign(step, PENDING)
    if (testStepResult.status === 'UNDEFINED') Object.assign(step, this.#nearest(step.text))
    step.milliseconds = inMilliseconds(testStepResult.duration)
    if (message !== undefined || exception)
      step.error = {
        type: exception?.type ?? 'Error',
        message: exception?.message ?? message ?? '',
        ...(exception?.stackTrace ? { stack: exception.stackTrace } : {}),
      }
  }

  #nearest(text: string): { nearest?: string } {
    const nearest = nearestSentence(text, this.#sentences)
    return nearest === undefined ? {} : { nearest }
  }

  #testCaseFinished({ testCaseStartedId, timestamp }: messages.TestCaseFinished): void {
    const running = this.#running.get(testCaseStartedId)
    if (!running) return
    const { scenario, since } = running
    scenario.milliseconds = time(timestamp) - since
    // Hooks alone prove nothing.
    const empty = scenario.steps.every(({ hook }) => hook)
    scenario.outcome = empty ? 'refused' : worst(scenario.steps.map(({ outcome }) => outcome))
    if (empty) scenario.reason = 'It has no step.'
    else if (scenario.outcome === 'skipped') Object.assign(scenario, leftOutBy(scenario.steps))
  }
}

function earlierTry(scenario: ScenarioResult): EarlierTry {
  const { outcome, steps } = scenario
  const message = steps.find(step => step.outcome === outcome)?.error?.message ?? 'No word was said about why.'
  return { outcome, said: explanations(scenario).join('\n\n'), message }
}

/** What the next run of these scenarios may want to know. One that was only left out has nothing to tell. */
export const learned = ({ scenarios }: Results): History =>
  Object.fromEntries(
    scenarios
      .filter(({ attempts, outcome }) => attempts > 0 && outcome !== 'skipped')
      .map(({ key, milliseconds, outcome }) => [
        key,
        { milliseconds: Math.round(milliseconds), held: outcome === 'held' },
      ]),
  )

/** Which step or hook has left out the rest; nothing where all of it was, as after --fail-fast. */
function leftOutBy(steps: readonly StepResult[]): { reason?: string } {
  const at = steps.findIndex(({ outcome }) => outcome === 'skipped')
  const by = steps[at]
  if (at <= 0 || !by) return {}
  return { reason: `Left out by its ${by.hook ? 'hook' : 'step'}, whose code returns 'skipped': ${by.text}` }
}

/** Its author has said so. */
const PENDING = {
  ours: true,
  error: {
    type: 'Pending',
    message:
      `This step is pending: nothing was judged\n${rows({ Got: "its code returns 'pending'", Next: 'write the step, or leave the scenario out by a tag' })}`.trimEnd(),
  },
} as const

const time = ({ seconds, nanos }: messages.Timestamp): Milliseconds => seconds * 1000 + nanos / 1e6
const inMilliseconds = ({ seconds, nanos }: messages.Duration): Milliseconds => seconds * 1000 + nanos / 1e6
