import assert from 'node:assert/strict'
import test from 'node:test'
import { fold, recorded } from '../testing/reports.ts'
import { learned } from './results.ts'

test('of each scenario that was tried it is kept whether it held, and how long it took in whole milliseconds', () => {
  const results = fold(recorded)
  const history = learned(results)
  const tried = results.scenarios.filter(({ outcome }) => outcome !== 'skipped')
  assert.deepEqual(Object.keys(history), [...new Set(tried.map(({ key }) => key))])
  assert.ok(tried.some(({ outcome }) => outcome === 'held') && tried.some(({ outcome }) => outcome === 'failed'))
  for (const { key, outcome, milliseconds } of tried)
    assert.deepEqual(history[key], { held: outcome === 'held', milliseconds: Math.round(milliseconds) })
})

test('one that was never tried, or was left out, leaves what is known of it as it is', () => {
  const [begun] = recorded.flatMap(({ testCaseStarted }) => testCaseStarted ?? [])
  const untold = fold(recorded.filter(({ testCaseStarted }) => testCaseStarted?.id !== begun?.id))
  const never = untold.scenarios.filter(({ attempts }) => attempts === 0)
  assert.equal(never.length, 1)
  assert.deepEqual(
    never.filter(({ key }) => key in learned(untold)),
    [],
  )
  const [first] = untold.scenarios.filter(({ key }) => key in learned(untold))
  if (!first) throw new Error('nothing was tried')
  first.outcome = 'skipped'
  assert.ok(!(first.key in learned(untold)))
})
