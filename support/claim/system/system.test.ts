import assert from 'node:assert/strict'
import test from 'node:test'
import type { RunningService, SystemFacts } from '../../probe/system/system.ts'
import { noUnitFailed, systemIsRunning } from './system.ts'

const up: SystemFacts = { state: 'running', failed: [], starting: [], services: [] }
const service = (name: string, more: Partial<RunningService> = {}): RunningService => ({
  ...{ name, type: 'notify', activeState: 'active', subState: 'running', restarts: 0, restart: 'always', age: 100 },
  ...more,
})
const hanging = { activeState: 'activating', subState: 'start' }
const looping = { restarts: 5, age: 1 }
const names = (count: number): string[] => [...Array(count).keys()].map(i => `u${i}`)

for (const [what, more, seen] of [
  ['a system that runs', {}, 'running'],
  ['failed units', { state: 'degraded', failed: ['a', 'b'] }, 'degraded, failed: a, b'],
  ['a boot', { state: 'starting', starting: names(7) }, 'starting, waiting for u0, u1, u2, u3, u4'],
  ['jobs of a system that is up', { starting: ['a'] }, 'running'],
  ['a start that hangs', { services: [service('a', hanging), service('b', hanging)] }, 'running, being started: a, b'],
  [
    'services in their first run',
    { services: [service('a', { age: 0.6 }), service('b', { age: 2 }), service('c', { age: 1, restart: 'no' })] },
    'running\na, b: in the first run, for 2 s',
  ],
  ['a service at work', { services: [service('a', { ...hanging, type: 'oneshot' })] }, 'running'],
  ['a loop', { services: [service('a', looping)] }, 'running\na: 5 restarts, the last one 1 s ago'],
  [
    'a loop between two starts',
    { services: [service('a', { ...hanging, ...looping, subState: 'auto-restart' })] },
    'running\na: 5 restarts, the last one 1 s ago',
  ],
] as const)
  test(`${what} is seen as: ${seen.split('\n').join(' / ')}`, () => {
    const facts = { ...up, ...more }
    assert.deepEqual([systemIsRunning.judge(facts).seen, noUnitFailed.judge(facts).seen], [seen, seen])
  })

const neither = (facts: Partial<SystemFacts>) =>
  [systemIsRunning, noUnitFailed].map(expectation => {
    const judgement = expectation.judge({ ...up, ...facts })
    return 'neither' in judgement ? judgement.neither : judgement.verdict
  })

test('what has not settled is neither running nor without a failed unit', () => {
  const both = (text: string) => [text, text]
  assert.deepEqual(neither({ state: 'starting' }), both('had not finished starting'))
  const loops = names(4).map(name => service(name, looping))
  assert.deepEqual(neither({ services: loops }), both('had services that keep restarting (u0, u1, u2, …)'))
  assert.deepEqual(neither({ services: loops.slice(1) }), both('had services that keep restarting (u1, u2, u3)'))
  assert.deepEqual(
    neither({ services: [service('a', hanging)] }),
    both('had services that are still being started (a)'),
  )
  assert.deepEqual(neither({}), both('met'))
})

test('a unit that failed ends the wait once the system is up, and is told before what has not settled', () => {
  const facts = { ...up, failed: ['a'], services: [service('b', looping)] }
  const why = (expectation: typeof noUnitFailed, state: SystemFacts['state']) => {
    const judgement = expectation.judge({ ...facts, state })
    return judgement.verdict === 'never' ? judgement.why : judgement.verdict
  }
  assert.deepEqual(
    [why(noUnitFailed, 'degraded'), why(systemIsRunning, 'degraded')],
    Array(2).fill('1 unit failed (a)'),
  )
  assert.deepEqual([why(noUnitFailed, 'starting'), why(systemIsRunning, 'starting')], ['not-yet', 'not-yet'])
  const states = (failed: readonly string[]) => noUnitFailed.judge({ ...up, failed }).state
  assert.deepEqual([states([]), states(['a', 'b'])], ['running', '2 units failed (a, b)'])
})

test('services in their first run are looked at again when the youngest one is three seconds old', () => {
  const again = (...ages: number[]) =>
    [systemIsRunning, noUnitFailed].map(expectation => {
      const judgement = expectation.judge({ ...up, services: ages.map(age => service('a', { age })) })
      return judgement.verdict === 'met' ? judgement.settles?.ms : judgement.verdict
    })
  assert.deepEqual(
    [again(1, 0.5, 100), again(3, 100)],
    [
      [2500, 2500],
      [undefined, undefined],
    ],
  )
})
