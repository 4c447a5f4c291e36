import assert from 'node:assert/strict'
import test from 'node:test'
import type { Comparison, Problem, SystemPair } from '../comparison.ts'
import * as words from './words.ts'

const names = (count: number): string[] => [...Array(count).keys()].map(i => `web${i}`)

test('hosts are named, of many the first eight', () => {
  assert.equal(words.hosts([]), '')
  assert.equal(words.hosts(['web0']), 'on web0')
  assert.equal(words.hosts(names(8)), 'on web0, web1, web2, web3, web4, web5, web6, web7')
  assert.equal(words.hosts(names(11)), 'on web0, web1, web2, web3, web4, web5, web6, web7 and 3 more')
})

test('a fact is new, gone, or another one', () => {
  const fact = { machine: 'web1', section: 'users', key: 'mallory' }
  assert.equal(words.change({ ...fact, after: 'uid 0' }), 'users: mallory is new: uid 0')
  assert.equal(words.change({ ...fact, before: 'uid 0' }), 'users: mallory is gone: uid 0')
  assert.equal(words.change({ ...fact, before: '1', after: '2' }), 'users: mallory 1 → 2')
})

test('the age of a failure names its first run, and the revision of then', () => {
  const age = (runs: number, revision?: string) =>
    words.age({ age: { runs, since: '2026-05-01T03:30:12.5Z', ...(revision && { revision }) } } as Problem)
  assert.equal(age(1), 'since this run')
  assert.equal(age(1, 'abcdefabcdef'), 'since this run, flake abcdefabcd')
  assert.equal(age(3, 'abc'), 'since 2026-05-01 03:30 UTC, flake abc, 3 runs')
})

test('a run is told by its start, its verdict or what became of it, and its inputs', () => {
  const run = { folder: '/runs/a', start: '2026-05-01T03:30:12Z', inputs: 'real', state: 'ended' } as const
  assert.equal(words.run({ ...run, verdict: 'GO' }), '2026-05-01 03:30 UTC  GO')
  assert.equal(words.run(run), '2026-05-01 03:30 UTC')
  assert.equal(words.run({ ...run, state: 'killed', verdict: 'GO' }), '2026-05-01 03:30 UTC  was killed')
  assert.equal(words.run({ ...run, inputs: 'offline' }), '2026-05-01 03:30 UTC  offline inputs')
  assert.equal(words.run({ ...run, inputs: 'offline', verdict: 'GO (offline)' }), '2026-05-01 03:30 UTC  GO (offline)')
})

for (const [flake, features, news, told] of [
  [undefined, undefined, 1, undefined],
  [false, false, 0, 'Neither the flake nor the features have changed'],
  [false, false, 1, 'Neither the flake nor the features have changed: the machine has, or what it depends on'],
  [true, false, 1, 'The features have not changed, the flake has (aaaaaaaaaa → bbb)'],
  [undefined, false, 0, 'The features have not changed'],
  [undefined, false, 1, 'The features have not changed: the machine has'],
  [true, true, 0, 'Both the flake (aaaaaaaaaa → bbb) and the features have changed'],
  [false, true, 0, 'The features have changed, the flake has not'],
  [undefined, true, 0, 'The features have changed'],
  [true, undefined, 0, 'The flake has changed (aaaaaaaaaa → bbb)'],
] as const)
  test(`flake ${flake}, features ${features}, ${news} new: ${told}`, () => {
    const comparison = {
      moved: { ...(flake !== undefined && { flake }), ...(features !== undefined && { features }) },
      base: { revision: 'aaaaaaaaaaaa' },
      current: { revision: 'bbb' },
      newFailures: [],
      newErrors: Array(news).fill({}),
    }
    assert.equal(words.moved(comparison as unknown as Comparison), told)
  })

test('revisions are told where both are known and differ', () => {
  const moved = (from?: string, to?: string) =>
    words.moved({
      ...{ moved: { flake: true }, newFailures: [], newErrors: [] },
      ...(from && { base: { revision: from } }),
      current: { ...(to && { revision: to }) },
    } as unknown as Comparison)
  for (const [from, to] of [
    ['a', 'a'],
    ['a', undefined],
    [undefined, 'b'],
  ] as const)
    assert.equal(moved(from, to), 'The flake has changed')
})

test('the system of a machine: another one, the same, or what was judged in QEMU', () => {
  const told = (pair: Partial<SystemPair>) => words.system({ machine: 'web1', transports: false, ...pair })
  assert.equal(told({ before: 'a', after: 'b' }), 'web1: another system: a → b')
  assert.equal(told({ before: 'a', after: 'a' }), undefined)
  assert.equal(told({ after: 'a' }), undefined)
  assert.equal(told({ before: 'a' }), undefined)
  const live = { transports: true, before: 'a' }
  assert.equal(told({ ...live, after: 'a' }), 'web1: the host runs the very system that was judged in QEMU')
  assert.equal(
    told({ ...live, after: 'b' }),
    'web1: the host does not run the system that was judged in QEMU: a there, b here',
  )
})

test('what is slower and what comes and goes is told in a line', () => {
  assert.equal(words.slower({ scenario: 'a', milliseconds: 9500, usually: 4000 }), 'a  9.5 s, usually 4 s')
  assert.equal(words.flaky({ scenario: 'a', now: 'held', why: 'by turns' }), 'a  by turns')
  assert.equal(words.flaky({ scenario: 'a', now: 'error', why: 'by turns' }), 'a  by turns; bad now')
})

for (const [state, days, until, told] of [
  ['unused', undefined, undefined, '; no scenario is meant by it'],
  ['passing', 3, '2026-05-04', '; it holds now: the waiver is not needed any more'],
  ['expired', -1, '2026-04-30', '; over since 2026-04-30: it counts again'],
  ['failing', 14, '2026-05-15', '; ends in 14 days, 2026-05-15'],
  ['failing', 0, '2026-05-01', '; ends in 0 days, 2026-05-01'],
  ['failing', 15, '2026-05-16', '; until 2026-05-16'],
  ['failing', undefined, undefined, ''],
] as const)
  test(`a waiver that is ${state}${days === undefined ? '' : `, ${days} days left`}`, () => {
    const waiver = { scenario: 'a', machine: 'web1', reason: 'known', until }
    const waived = { waiver, state, scenarios: [], ...(days !== undefined && { days }) }
    assert.equal(words.waiver(waived), `a on web1  known${told}`)
    assert.equal(words.waiver({ ...waived, waiver: { ...waiver, machine: undefined } }), `a  known${told}`)
  })
