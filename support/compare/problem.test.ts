import assert from 'node:assert/strict'
import test from 'node:test'
import type { Case } from './compared-run.ts'
import { problemOf } from './problem.ts'
import { failing, scenario, side } from './testing/sides.ts'

const told = (now: Case, then?: Case) =>
  problemOf(then ? { now, then } : { now }, { current: side([now]), past: [], facts: [] })

for (const [what, then, baseline] of [
  ['was not there', undefined, 'the scenario was not there'],
  ['was never begun', scenario('a', { attempts: 0 }), 'the scenario was not run'],
  ['was left out', scenario('a', { outcome: 'skipped' }), 'the scenario was not run'],
  ['held, and saw something', scenario('a', { seen: 'active' }), 'active'],
  ['held, and said nothing', scenario('a'), 'it held'],
  ['did not hold', failing('a', '\nwas not active\n\n  Waited     1 s'), 'was not active'],
  ['did not hold, and saw something', failing('a', 'x\n\n  Observed   failed'), 'failed'],
  ['did not hold, by another step', failing('a', 'x', { step: 'Then another' }), 'it did not hold'],
] as const)
  test(`beside a problem stands what was there before: it ${what}`, () => {
    assert.equal(told(failing('a', 'x'), then).baseline, baseline)
  })

for (const [outcome, said, headline] of [
  ['failed', '  first line\nmore', 'first line'],
  ['failed', undefined, 'no word was said about why'],
  ['refused', undefined, 'it was refused'],
  ['unfinished', undefined, 'it came to no end'],
] as const)
  test(`a problem has one line: ${headline}`, () => {
    assert.equal(told(scenario('a', { outcome, ...(said !== undefined && { said }) })).headline, headline)
  })

test('a problem is where its step stands; without one, where its scenario does', () => {
  const { step, place } = told(failing('a', 'x'))
  assert.deepEqual([step, place], ['Then service "a" is active', 'features/web.feature:5'])
  const bare = told(scenario('a', { outcome: 'refused', steps: [] }))
  assert.deepEqual([bare.step, bare.place, bare.observed], [undefined, 'features/web.feature:3', undefined])
})

test('what a step has seen is kept, or stands in what it said, without when that was', () => {
  const observed = (said: string, more = {}) => told(failing('a', said, more)).observed
  assert.equal(observed('x\n\n  Observed   other', { seen: 'kept' }), 'kept')
  assert.equal(
    observed('x\n\n  Observed   failed                    0.2 s before the end\n             twice\n'),
    'failed\ntwice',
  )
  assert.equal(observed('x\n\n  Observed   failed                    20 ms before the end'), 'failed')
  assert.equal(observed('x\n\n  Expected   other'), undefined)
})

test('problems are alike by outcome, step and first line, whichever machine', () => {
  const group = (now: Case) => told(now).group
  const on = (machine: string) => failing('a', `a on ${machine} was not active`, { machine })
  assert.equal(group(on('web1')), group(on('web2')))
  for (const other of [
    failing('a', 'other', { machine: 'web1' }),
    scenario('a', { machine: 'web1', outcome: 'error', said: 'a on web1 was not active' }),
    failing('a', 'a on web1 was not active', { machine: 'web1', step: 'Then another' }),
  ])
    assert.notEqual(group(other), group(on('web1')))
})
