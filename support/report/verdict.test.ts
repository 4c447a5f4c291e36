import assert from 'node:assert/strict'
import test from 'node:test'
import type { Outcome } from './results/outcome.ts'
import { Results } from './results/results.ts'
import { type Judged, verdictLine, verdictOf } from './verdict.ts'

function judged(outcomes: readonly Outcome[], more: Partial<Judged> = {}, unreadable = 0): Judged {
  const scenarios = outcomes.map(outcome => ({ outcome, earlier: [], steps: [] }))
  const broken = Array(unreadable).fill({ uri: 'features/x.feature', message: 'x' })
  const results = Object.defineProperties(new Results(), {
    scenarios: { value: scenarios },
    unreadable: { value: broken },
  })
  return { results, inputs: 'real', machines: ['web'], dryRun: false, ...more }
}
const line = (...args: Parameters<typeof judged>): string => {
  const verdict = verdictOf(judged(...args))
  return `${verdict.exitCode} ${verdictLine(verdict)}`
}
const empty = { shard: { name: 'shard 3/3', empty: true } }
const shard = { shard: { name: 'shard 1/3', empty: false } }

for (const [what, args, told] of [
  ['all held', [['held', 'held']], '0 GO  web: 2 scenarios held'],
  ['one did not', [['held', 'failed']], '1 NO-GO  web: 1 scenario did not hold, 1 held'],
  ['one could not be checked', [['held', 'error']], '3 COULD NOT CHECK  web: 1 scenario could not be checked, 1 held'],
  [
    'a failure outweighs what is unknown',
    [['error', 'failed']],
    '1 NO-GO  web: 1 scenario did not hold, 1 could not be checked',
  ],
  [
    'look-alike inputs',
    [['held'], { inputs: 'offline' }],
    '0 GO (rehearsal with offline inputs)  web: 1 scenario held',
  ],
  ['a part of the whole', [['held'], shard], '0 GO (shard 1/3)  web: 1 scenario held'],
  [
    'a rehearsal of a part',
    [['held'], { ...shard, inputs: 'offline' }],
    '0 GO (rehearsal with offline inputs, shard 1/3)  web: 1 scenario held',
  ],
  ['a part that did not hold', [['failed'], { ...shard, inputs: 'offline' }], '1 NO-GO  web: 1 scenario did not hold'],
  ['a part to which nothing falls', [[], { ...empty, machines: [] }], '0 NOTHING TO DO (shard 3/3)  no scenario'],
  [
    'parts that were not seen',
    [['held'], { missing: ['shard 2 of 3 is missing', 'x'] }],
    '3 COULD NOT CHECK  web: 1 scenario held; shard 2 of 3 is missing; x',
  ],
  [
    'a failure, and a part that was not seen',
    [['failed'], { missing: ['x'] }],
    '1 NO-GO  web: 1 scenario did not hold; x',
  ],
  [
    'a feature that is not readable',
    [['held', 'failed'], {}, 1],
    '2 REFUSED  web: 1 feature not readable, 1 scenario did not hold, 1 held',
  ],
  ['stopped by a signal', [['held'], { stopped: 130 }], '130 STOPPED  web: 1 scenario held'],
  ['a dry run', [['skipped', 'skipped'], { dryRun: true, machines: [] }], '0 STEPS KNOWN  2 scenarios'],
  ['a dry run with an unknown step', [['skipped', 'refused'], { dryRun: true }], '2 REFUSED  web: 2 scenarios'],
  ['a dry run of what is not readable', [['skipped'], { dryRun: true }, 1], '2 REFUSED  web: 1 scenario'],
  ['a dry run of nothing', [[], { dryRun: true }], '2 REFUSED  web: 0 scenarios'],
] as const)
  test(`${what}: ${told}`, () => assert.equal(line(...(args as unknown as Parameters<typeof judged>)), told))

test('machines are named while they are few', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  assert.equal(line(['held'], { machines: names }), '0 GO  a, b, c, d, e, f: 1 scenario held')
  assert.equal(line(['held'], { machines: [...names, 'g'] }), '0 GO  7 machines: 1 scenario held')
  assert.equal(line(['held'], { machines: [] }), '0 GO  1 scenario held')
})

test('nothing that was run is no GO', () => assert.notEqual(verdictOf(judged([])).exitCode, 0))
