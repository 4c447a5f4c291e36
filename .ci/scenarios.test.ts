import assert from 'node:assert/strict'
import test from 'node:test'
import { readScenarios } from './scenarios.ts'

test('the scenarios of a JUnit report are counted as it counts them, with their times and the reasons of those left out', () => {
  const { passed, failed, skipped, parts, failures } = readScenarios('fixtures/golden/mixed-run.junit.xml')
  assert.deepEqual(
    { passed, failed, skipped },
    { passed: 2, failed: 8, skipped: ['features/web.feature:38: What does not apply here: without a reason'] },
  )
  assert.equal(parts.length, 11)
  assert.equal(failures.length, 8)
  assert.match(
    failures[1] ?? '',
    /^features\/web\.feature:11: The page is served by nginx\nThen nginx is active.*"Address already in use"/s,
  )
  assert.deepEqual(parts[0], {
    name: 'features/hostile.feature:3: ]]> & "quotes" \'and\' <img src=x onerror=alert(1)>',
    milliseconds: 11,
  })
})

test('a run without a report has failed', () => {
  assert.equal(readScenarios('no/such/junit.xml').failed, 1)
})
