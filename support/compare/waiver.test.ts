import assert from 'node:assert/strict'
import test from 'node:test'
import { scenario } from './testing/sides.ts'
import { daysLeft, isMeant, isOver, waived } from './waiver.ts'

const noon = new Date(2026, 4, 1, 12)

test('a waiver holds to the end of its last day', () => {
  const left = ['2026-04-30', '2026-05-01', '2026-05-02', '2026-06-01'].map(until => {
    const waiver = { scenario: 'a', reason: 'known', until }
    return [daysLeft(waiver, noon), isOver(waiver, noon)]
  })
  assert.deepEqual(left, [
    [-1, true],
    [0, false],
    [1, false],
    [31, false],
  ])
  const ever = { scenario: 'a', reason: 'known' }
  assert.deepEqual([daysLeft(ever, noon), isOver(ever, noon)], [undefined, false])
})

test('a scenario is meant by its name, its key, or its key on any machine', () => {
  const on = scenario('a', { machine: 'web1' })
  const meant = (waiver: { scenario: string; machine?: string }) => isMeant({ reason: 'known', ...waiver }, on)
  for (const name of ['a', on.key, 'features/web.feature: a']) assert.ok(meant({ scenario: name }), name)
  for (const name of ['b', 'features/web.feature: ', 'features/web.feature: a @'])
    assert.ok(!meant({ scenario: name }), name)
  assert.ok(meant({ scenario: 'a', machine: 'web1' }) && !meant({ scenario: 'a', machine: 'web2' }))
})

test('a waiver is needed, not needed any more, over, or means nothing', () => {
  const cases = [scenario('good'), scenario('bad', { outcome: 'failed' }), scenario('hidden', { outcome: 'error' })]
  const until = '2026-04-30'
  const waivers = [
    { scenario: 'good', reason: 'known', until },
    { scenario: 'bad', reason: 'known' },
    { scenario: 'hidden', reason: 'known', until },
    { scenario: 'none', reason: 'known', until },
  ]
  const states = waived(waivers, cases, noon).map(({ state, scenarios, days }) => [state, scenarios.length, days])
  assert.deepEqual(states, [
    ['passing', 1, -1],
    ['failing', 1, undefined],
    ['expired', 1, -1],
    ['unused', 0, -1],
  ])
})
