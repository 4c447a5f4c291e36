import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { Envelope } from '@cucumber/messages'
import { mergeMessages, type Stream } from '../../record/merge/merge-messages.ts'
import { mergeRuns, type NamedRun } from '../../record/merge/merge-runs.ts'
import { missingScenarios, missingShards } from '../../record/merge/merge-shards.ts'
import { renamed } from '../../record/merge/message-ids.ts'
import type { ResultsFile } from '../../record/run/results-file.ts'
import type { RunJson } from '../../record/run/run-json.ts'
import { renderResults } from '../results-json.ts'
import { lostScenarios } from './recorded-results.ts'
import { Results } from './results.ts'

const file = join(import.meta.dirname, '../../../fixtures/transcripts/mixed-run/messages.ndjson')
const recorded = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => JSON.parse(line) as Envelope)

/** The same run as another process would have told it: other ids, and only some of its scenarios. */
function shard(name: string, isMine: (at: number) => boolean, stream = recorded): Stream {
  const cases = stream.flatMap(({ testCase }) => testCase ?? [])
  const mine = new Set(cases.filter((_, at) => isMine(at)).map(({ id }) => id))
  const attempts = new Set(
    stream.flatMap(({ testCaseStarted }) =>
      testCaseStarted && mine.has(testCaseStarted.testCaseId) ? testCaseStarted.id : [],
    ),
  )
  const envelopes = stream.filter(envelope => {
    const { testCase, testCaseStarted, testStepStarted, testStepFinished, attachment, testCaseFinished } = envelope
    if (testCase) return mine.has(testCase.id)
    const of =
      testCaseStarted?.id ?? (testStepStarted ?? testStepFinished ?? attachment ?? testCaseFinished)?.testCaseStartedId
    return of === undefined || attempts.has(of)
  })
  const ids = JSON.stringify(envelopes).match(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g) ?? []
  return { name, envelopes: envelopes.map(each => renamed(each, new Map(ids.map(id => [id, `${name}-${id}`])))) }
}

const told = (envelopes: readonly Envelope[]) => {
  const results = new Results()
  for (const envelope of envelopes) results.accept(envelope)
  const { features, unreadable } = results
  return JSON.parse(
    JSON.stringify({ features, unreadable }, (key, value: unknown) => (key === 'id' ? undefined : value)),
  ) as unknown
}
const count = (envelopes: readonly Envelope[], kind: keyof Envelope): number =>
  envelopes.filter(envelope => envelope[kind]).length

const odd = shard('a', at => at % 2 === 1)
const even = shard('b', at => at % 2 === 0)

test('shards merged tell what the whole run told, in its order', () => {
  for (const streams of [
    [odd, even],
    [even, odd],
  ]) {
    const merged = mergeMessages(streams)
    assert.deepEqual(told(merged), told(recorded))
    for (const kind of [
      'meta',
      'source',
      'gherkinDocument',
      'pickle',
      'stepDefinition',
      'testRunStarted',
      'testRunFinished',
    ] as const)
      assert.equal(count(merged, kind), count(recorded, kind), kind)
  }
})

test('copies of a scenario for several machines are told apart by their machine, in the order of the features', () => {
  const role = recorded.map(each => {
    const { pickle } = each
    return pickle ? { pickle: { ...pickle, tags: [...pickle.tags, { name: '@machine:a1', astNodeId: '' }] } } : each
  })
  // Another inventory: what was run for a machine of the first is no copy in the second.
  const merged = mergeMessages([shard('a', () => true, role), shard('b', () => true)])
  assert.equal(count(merged, 'pickle'), 2 * count(recorded, 'pickle'))
  const results = new Results()
  for (const envelope of merged) results.accept(envelope)
  const [first, second] = results.scenarios
  assert.equal(first?.key, `${second?.key} @ a1`)
})

test('in the merged stream nothing points to an id that is not there', () => {
  const merged = mergeMessages([odd, even])
  const text = JSON.stringify(merged)
  const named = new Set([...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id))
  const pointed = [...text.matchAll(/"\w+Id":"([^"]+)"/g)].map(([, id]) => id)
  assert.deepEqual(
    pointed.filter(id => !named.has(id)),
    [],
  )
})

test('three streams, one of them of nothing but what the features are', () => {
  assert.deepEqual(told(mergeMessages([shard('c', () => false), odd, even])), told(recorded))
})

test('step definitions are the same by what they are, not by their place', () => {
  const isDefinition = ({ stepDefinition }: Envelope): boolean => stepDefinition !== undefined
  const places = even.envelopes.flatMap((each, at) => (isDefinition(each) ? [at] : []))
  const turned = places.map(at => even.envelopes[at] as Envelope).reverse()
  assert.ok(turned.length > 1)
  const envelopes = even.envelopes.map((each, at) => (isDefinition(each) ? (turned[places.indexOf(at)] ?? each) : each))
  const used = (all: readonly Envelope[]) => {
    const patterns = new Map(all.flatMap(({ stepDefinition: s }) => (s ? [[s.id, s.pattern.source] as const] : [])))
    const ids = all.flatMap(({ testCase }) => testCase?.testSteps ?? []).flatMap(step => step.stepDefinitionIds ?? [])
    return ids.map(id => patterns.get(id)).sort()
  }
  assert.deepEqual(used(mergeMessages([odd, { name: 'b', envelopes }])), used(recorded))
})

test('a stream that breaks off keeps what it had, and there is no end', () => {
  const torn = { ...even, envelopes: even.envelopes.slice(0, -8) }
  const merged = mergeMessages([odd, torn])
  assert.equal(count(merged, 'testRunFinished'), 0)
  assert.equal(count(merged, 'testCase'), count(recorded, 'testCase'))
})

test('a scenario that ran in two streams is refused with its name', () => {
  assert.throws(
    () => mergeMessages([odd, shard('b', at => at < 2)]),
    /1 of the scenarios ran in a and in b too\n[\s\S]*web\.feature: /,
  )
})

test('one that was only announced elsewhere is no contradiction', () => {
  const announced = {
    name: 'c',
    envelopes: shard('c', () => true).envelopes.filter(
      ({ testCaseStarted, testStepStarted, testStepFinished, attachment, testCaseFinished }) =>
        !(testCaseStarted ?? testStepStarted ?? testStepFinished ?? attachment ?? testCaseFinished),
    ),
  }
  for (const streams of [
    [announced, odd, even],
    [odd, even, announced],
  ])
    assert.deepEqual(told(mergeMessages(streams)), told(recorded))
})

test('features that differ are refused with both hashes', () => {
  const other = {
    name: 'b',
    envelopes: even.envelopes.map(each =>
      each.source ? { source: { ...each.source, data: `${each.source.data}# edited\n` } } : each,
    ),
  }
  assert.throws(
    () => mergeMessages([odd, other]),
    /\.feature is not the same in a and b\n\n {2}Expected +sha256-\w{64}, as in a\n {2}Got +sha256-\w{64}, in b/,
  )
})

const run = (name: string, more: Partial<RunJson> = {}): NamedRun => ({
  name,
  run: {
    format: 1,
    tool: { name: 'nixcumber', version: '1.2.3', node: '20.19.0' },
    command: ['run'],
    inputs: 'real',
    start: '2026-05-01T12:00:00.000Z',
    toplevels: {},
    machines: {},
    notes: [],
    ...more,
  },
})

test('machines, systems and notes are united', () => {
  const merged = mergeRuns([
    run('a', {
      machines: { t14: { accelerator: 'tcg', secondsToReady: 18 } },
      notes: ['x'],
      toplevels: { t14: '/nix/store/a' },
    }),
    run('b', {
      machines: { t14: { accelerator: 'kvm', secondsToReady: 3 }, web: { accelerator: 'kvm' } },
      notes: ['x', 'y'],
      start: '2026-05-01T11:00:00.000Z',
      toplevels: { t14: '/nix/store/b', web: '/nix/store/w' },
    }),
  ])
  assert.deepEqual(merged.machines, {
    t14: { accelerator: 'tcg, kvm', secondsToReady: 18 },
    web: { accelerator: 'kvm' },
  })
  assert.deepEqual(merged.notes, ['x', 'y', 'Host "t14" was another system in b: /nix/store/b'])
  assert.deepEqual(merged.toplevels, { t14: '/nix/store/a', web: '/nix/store/w' })
  assert.equal(merged.start, '2026-05-01T11:00:00.000Z')
})

test('a machine of another size in another run keeps both, with who had it', () => {
  const sized = (memoryMiB: number) => ({ machines: { t14: { accelerator: 'kvm', memoryMiB } } })
  const sizes = { t14: [1024, 2048].map(memoryMiB => ({ memoryMiB, scenarios: [`with ${memoryMiB}`] })) }
  assert.equal(mergeRuns([run('a', sized(1024)), run('b', sized(1024))]).sizes, undefined)
  assert.deepEqual(mergeRuns([run('a', sized(1024)), run('b', sized(4096))]).sizes?.t14, [
    { memoryMiB: 1024, scenarios: ['all of a'] },
    { memoryMiB: 4096, scenarios: ['all of b'] },
  ])
  assert.deepEqual(mergeRuns([run('a', sized(1024)), run('b', { ...sized(2048), sizes })]).sizes?.t14, [
    { memoryMiB: 1024, scenarios: ['all of a', 'with 1024'] },
    { memoryMiB: 2048, scenarios: ['with 2048'] },
  ])
})

const flake = (narHash: string) => ({ flake: { reference: 'github:a/b', narHash } })
const conflicts: readonly (readonly [string, NamedRun, RegExp])[] = [
  [
    'another version',
    run('b', { tool: { name: 'nixcumber', version: '2.0.0', node: '20.19.0' } }),
    /a and b are of different versions[\s\S]*1\.2\.3, as in a[\s\S]*2\.0\.0, in b/,
  ],
  [
    'look-alike inputs',
    run('b', { inputs: 'offline' }),
    /did not judge the same inputs[\s\S]*real inputs, as in a[\s\S]*offline inputs, in b/,
  ],
  [
    'another content of the flake',
    run('b', flake('sha256-B')),
    /The flake github:a\/b is not the same in a and b[\s\S]*sha256-A, as in a[\s\S]*sha256-B, in b/,
  ],
]
for (const [what, other, words] of conflicts)
  test(`${what} is refused by name`, () => assert.throws(() => mergeRuns([run('a', flake('sha256-A')), other]), words))

const part = (index: number, more = {}) => ({ shard: { index, count: 3, total: 11, plan: 'p', ...more } })

test('shards that are missing are named', () => {
  assert.deepEqual(missingShards([run('a', part(1)), run('b', part(3))]), ['shard 2 of 3 is missing'])
  assert.deepEqual(missingShards([run('a', part(1)), run('b', part(2)), run('c', part(3))]), [])
  assert.deepEqual(missingShards([run('a'), run('b')]), [])
})

test('scenarios that were shared out and are nowhere are said, when no shard is missing', () => {
  const all = [run('a', part(1)), run('b', part(2)), run('c', part(3))]
  const total = all[0]?.run.shard?.total ?? 0
  assert.deepEqual(missingScenarios(all, total), [])
  assert.deepEqual(missingScenarios(all, total - 1), [`1 of ${total} scenarios are in none of the shards`])
  assert.deepEqual(missingScenarios(all.slice(1), total - 1), [])
  assert.deepEqual(missingScenarios([run('a')], 0), [])
})

test('scenarios of which the messages say less than results.json are said', () => {
  const [results, recordedResults] = [new Results(), new Results()]
  for (const envelope of recorded) recordedResults.accept(envelope)
  const file = JSON.parse(renderResults({ results: recordedResults })) as ResultsFile
  assert.deepEqual(lostScenarios('a', recordedResults, file), [])
  assert.deepEqual(lostScenarios('a', recordedResults, undefined), [])
  const started = recorded.findLastIndex(({ testCase }) => testCase)
  for (const envelope of recorded.filter((_, at) => at !== started)) results.accept(envelope)
  assert.match(lostScenarios('a', results, file).join(), /^messages of a are lost: of "features\/.*", which ended /)
})

test('shards of different wholes are refused', () => {
  assert.throws(() => missingShards([run('a', part(1)), run('b', part(2, { count: 2 }))]), /not shards of one whole/)
  assert.throws(
    () => missingShards([run('a', part(1)), run('b', part(2, { plan: 'q' }))]),
    /a and b were cut differently/,
  )
})
