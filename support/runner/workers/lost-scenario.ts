/** The words for a scenario that cannot be finished: the messages that its worker would have sent, had it been able to. Pure. */
import { type Envelope, type TestCaseStarted, TestStepResultStatus, type Timestamp } from '@cucumber/messages'
import type { AssembledScenario } from '../../cucumber/scenario-runtime.ts'
import { OUTCOME_MEDIA_TYPE } from '../../report/results/outcome.ts'

/** What was heard of one scenario so far. */
export class ScenarioProgress {
  readonly scenario: AssembledScenario
  #started: TestCaseStarted | undefined
  readonly #ended = new Set<string>()
  over = false

  constructor(scenario: AssembledScenario) {
    this.scenario = scenario
  }

  /** True when the message is about this scenario. */
  accept({ testCaseStarted, testStepFinished, testCaseFinished }: Envelope): boolean {
    if (testCaseStarted) {
      if (testCaseStarted.testCaseId !== this.scenario.testCase.id) return false
      this.#started = testCaseStarted
      this.#ended.clear()
      this.over = false
      return true
    }
    const id = (testStepFinished ?? testCaseFinished)?.testCaseStartedId
    if (id === undefined || id !== this.#started?.id) return false
    if (testStepFinished) this.#ended.add(testStepFinished.testStepId)
    if (testCaseFinished) this.over = !testCaseFinished.willBeRetried
    return true
  }

  get begun(): boolean {
    return this.#started !== undefined
  }

  /** It could not be checked: the step that was under way says why, and those behind it were not come to. */
  lost(why: string, end: Ending): Envelope[] {
    const { id, messages } = this.#begin(end)
    const steps = this.scenario.testCase.testSteps
    const left = steps.filter(step => !this.#ended.has(step.id))
    // A step of the feature speaks better than a hook before it; a lost scenario without one left has lost its last hook.
    const blamed = (this.begun ? left[0] : left.find(step => step.pickleStepId !== undefined)) ?? steps.at(-1)
    const outcome = { body: 'error', mediaType: OUTCOME_MEDIA_TYPE, contentEncoding: 'IDENTITY' } as const
    for (const step of blamed && !left.includes(blamed) ? [blamed] : left) {
      const of = { testCaseStartedId: id, testStepId: step.id }
      messages.push({ testStepStarted: { ...of, timestamp: end.now } })
      if (step === blamed) messages.push({ attachment: { ...outcome, ...of, timestamp: end.now } } as Envelope)
      const testStepResult =
        step === blamed
          ? {
              status: TestStepResultStatus.FAILED,
              duration: NONE,
              message: why,
              exception: { type: 'EnvironmentBroken', message: why },
            }
          : { status: TestStepResultStatus.SKIPPED, duration: NONE }
      messages.push({ testStepFinished: { ...of, testStepResult, timestamp: end.now } })
    }
    return [...messages, finished(id, end)]
  }

  /** It was left out, as with --fail-fast after the first that did not hold. */
  leftOut(end: Ending): Envelope[] {
    const { id, messages } = this.#begin(end)
    const result = { status: TestStepResultStatus.SKIPPED, duration: NONE }
    for (const step of this.scenario.testCase.testSteps) {
      const of = { testCaseStartedId: id, testStepId: step.id, timestamp: end.now }
      messages.push({ testStepStarted: of }, { testStepFinished: { ...of, testStepResult: result } })
    }
    return [...messages, finished(id, end)]
  }

  #begin({ newId, now }: Ending): { id: string; messages: Envelope[] } {
    if (this.#started && !this.over) return { id: this.#started.id, messages: [] }
    const started = { id: newId(), testCaseId: this.scenario.testCase.id, attempt: 0, timestamp: now }
    return { id: started.id, messages: [{ testCaseStarted: started }] }
  }
}

/** What the messages of an ending need from outside. */
export interface Ending {
  readonly now: Timestamp
  newId(): string
}

const NONE = { seconds: 0, nanos: 0 }

const finished = (testCaseStartedId: string, { now }: Ending): Envelope => ({
  testCaseFinished: { testCaseStartedId, timestamp: now, willBeRetried: false },
})
