import assert from 'node:assert/strict'
import test from 'node:test'
import type { Envelope } from '@cucumber/messages'
import { Results } from '../../report/results/results.ts'
import { ScenarioProgress } from './lost-scenario.ts'
import { candidates } from './testing/candidates.ts'

const now = { seconds: 1, nanos: 0 }
let ids = 0
const end = { now, newId: () => `new-${++ids}` }

function trial() {
  const [candidate] = candidates({ 'a.feature': 'Feature: A\n  Scenario: one\n    Then x\n    Then y\n    Then z\n' })
  if (!candidate) throw new Error('no scenario')
  const { gherkinDocument, pickle } = candidate
  const testSteps = [
    { id: 'hook', hookId: 'h' },
    ...pickle.steps.map(({ id }, i) => ({ id: `s${i}`, pickleStepId: id })),
    { id: 'after', hookId: 'h' },
  ]
  const scenario = { gherkinDocument, pickle, testCase: { id: 'case', pickleId: pickle.id, testSteps } }
  const heard = new ScenarioProgress(scenario)
  const results = new Results()
  const say = (...envelopes: Envelope[]): void => {
    for (const envelope of envelopes) {
      heard.accept(envelope)
      results.accept(envelope)
    }
  }
  say({ gherkinDocument }, { pickle }, { testCase: scenario.testCase })
  return { heard, results, say }
}

const started = (attempt = 0): Envelope => ({
  testCaseStarted: { id: `run-${attempt}`, testCaseId: 'case', attempt, timestamp: now },
})
const passed = (testStepId: string): Envelope => ({
  testStepFinished: {
    testCaseStartedId: 'run-0',
    testStepId,
    timestamp: now,
    testStepResult: { status: 'PASSED' as never, duration: now },
  },
})
const outcomes = (results: Results) => results.scenarios[0]?.steps.map(({ outcome }) => outcome)

test('the step under way says why, those before it stay, those behind it were not come to', () => {
  const { heard, results, say } = trial()
  say(started(), passed('hook'), passed('s0'))
  say(...heard.lost('Worker 2 died', end))
  assert.deepEqual(outcomes(results), ['held', 'held', 'error', 'skipped', 'skipped'])
  assert.equal(results.scenarios[0]?.outcome, 'error')
  assert.equal(results.scenarios[0]?.steps[2]?.error?.message, 'Worker 2 died')
  assert.ok(heard.over)
})

test('one that had not begun says it at its first step', () => {
  const { heard, results, say } = trial()
  say(...heard.lost('The worker was lost', end))
  assert.equal(results.scenarios[0]?.outcome, 'error')
  assert.equal(outcomes(results)?.[1], 'error')
})

test('one that died in its very end says it at the last step', () => {
  const { heard, results, say } = trial()
  say(started(), ...['hook', 's0', 's1', 's2', 'after'].map(passed))
  assert.ok(!heard.over)
  say(...heard.lost('Worker 2 died', end))
  assert.equal(outcomes(results)?.at(-1), 'error')
})

test('one that is left out is skipped, and nothing of it is an error', () => {
  const { heard, results, say } = trial()
  say(...heard.leftOut(end))
  assert.equal(results.scenarios[0]?.outcome, 'skipped')
})

test('a second attempt under way is the one that is lost', () => {
  const { heard, results, say } = trial()
  say(started(), { testCaseFinished: { testCaseStartedId: 'run-0', timestamp: now, willBeRetried: true } }, started(1))
  say(...heard.lost('Worker 2 died', end))
  assert.equal(results.scenarios[0]?.attempts, 2)
  assert.equal(results.scenarios[0]?.outcome, 'error')
})
