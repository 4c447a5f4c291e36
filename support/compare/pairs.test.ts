import assert from 'node:assert/strict'
import test from 'node:test'
import type { RunJson } from '../record/run/run-json.ts'
import type { Case, ComparedRun } from './compared-run.ts'
import { pairUp } from './pairs.ts'
import { scenario, side } from './testing/sides.ts'

const URI = 'features/web.feature'
const key = (name: string): string => `${URI}: ${name}`
const on = (name: string, machine: string): Case => scenario(name, { machine })
const [a, b] = [scenario('a'), scenario('b')]

/** A run of these, of features in which there are others as well. */
const part = (cases: readonly Case[], others: readonly string[], run: Partial<RunJson> = {}): ComparedRun =>
  side(cases, run, {
    there: new Map([[URI, new Set([...cases, ...others.map(name => scenario(name))].map(({ key }) => key))]]),
  })

const whyNot = (base: ComparedRun, current: ComparedRun) =>
  pairUp(base, current).notComparable.map(({ scenario: each, reason }) => `${each}, ${reason}`)

for (const [what, run, reason] of [
  ['options', { command: ['run', '--name', 'a', '--from=a'] }, 'left out of the current run by --name, --from'],
  ['a word that only begins so', { command: ['run', '--nameless'] }, 'not chosen in the current run'],
  [
    'its shard',
    { command: ['run', '--shard', '1/2'], shard: { index: 1, count: 2 } },
    'not in the part that the current run was: shard 1/2',
  ],
  ['nothing that is said', {}, 'not chosen in the current run'],
] as const)
  test(`what was left out says by what: ${what}`, () => {
    assert.deepEqual(whyNot(side([a, b]), part([a], ['b'], run as Partial<RunJson>)), [`${key('b')}, ${reason}`])
  })

for (const option of ['--tags', '--name', '--from', '--last-failed', '--shard', '--on', '--fail-fast'])
  test(`${option} leaves scenarios out, of the base too`, () => {
    const base = part([a], ['b'], { command: ['run', option] })
    assert.deepEqual(whyNot(base, side([a, b])), [`${key('b')}, left out of the base run by ${option}`])
  })

test('a run that was killed had not come to it', () => {
  const killed = { ...part([a], ['b']), state: 'killed' } as const
  assert.deepEqual(whyNot(side([a, b]), killed), [`${key('b')}, the current run was killed before it`])
  assert.deepEqual(whyNot(killed, side([a, b])), [`${key('b')}, the base run was killed before it`])
})

test('of a machine that was not chosen its scenarios are still there; of one that is no more nothing is', () => {
  const base = side([on('a', 'web1'), on('a', 'web2')])
  const chosen = part([on('a', 'web1')], ['a'], { command: ['run', '--on', 'web1'] })
  assert.deepEqual(whyNot(base, chosen), [`${key('a')} @ web2, left out of the current run by --on`])
  assert.equal(pairUp(base, chosen).vanished, 0)
  const lost = pairUp(base, part([on('a', 'web1')], ['a']))
  assert.deepEqual([lost.vanished, lost.removed], [1, []])
  assert.match(lost.notComparable[0]?.reason ?? '', /machine web2 was not judged/)
})

test('where no scenario of the feature ran on a machine, those of the base were left out', () => {
  const found = pairUp(side([on('a', 'web1')]), part([b], ['a'], { command: ['run', '--tags', '@b'] }))
  assert.deepEqual([found.vanished, found.removed, found.notComparable.length], [0, [], 1])
})

test('a machine that was judged in other scenarios has not vanished: this scenario was removed', () => {
  const base = side([on('a', 'web1'), on('b', 'web1'), on('b', 'web2')])
  const found = pairUp(base, side([on('a', 'web1'), on('a', 'web2'), on('b', 'web1')]))
  assert.deepEqual([found.removed, found.vanished, found.added], [[`${key('b')} @ web2`], 0, [`${key('a')} @ web2`]])
})

test('the same steps on another machine are no other name of them', () => {
  const base = side([on('a', 'web1')])
  const found = pairUp(base, side([scenario('b', { machine: 'web2', body: 'body of a' })]))
  assert.deepEqual([found.renamed, found.added.length], [[], 1])
  const same = pairUp(base, side([scenario('b', { machine: 'web1', body: 'body of a' })]))
  assert.deepEqual(same.renamed, [{ from: `${key('a')} @ web1`, to: `${key('b')} @ web1` }])
  assert.equal(same.pairs[0]?.then?.key, `${key('a')} @ web1`)
})

test('without a base each stands alone, and nothing is new, gone or renamed', () => {
  const found = pairUp(undefined, side([a]))
  assert.deepEqual(found, {
    pairs: [{ now: a }],
    ...{ added: [], removed: [], renamed: [], notComparable: [], vanished: 0 },
  })
})

test('a feature that was not read says nothing of its scenarios', () => {
  const current = side(
    [scenario('x', { uri: 'features/x.feature' })],
    {},
    { there: new Map([['features/x.feature', new Set<string>()]]) },
  )
  const found = pairUp(side([a]), current)
  assert.deepEqual(
    [found.removed, found.notComparable],
    [[], [{ scenario: key('a'), reason: 'its feature was not part of the current run' }]],
  )
})
