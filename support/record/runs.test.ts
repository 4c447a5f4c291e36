import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'node:test'
import { processIdentity } from '../core/process-identity.ts'
import { findRun, listRuns } from './runs.ts'
import { recordRun, runsFolder } from './testing/recorded-run.ts'

const BAD = { exitCode: 1, verdict: 'NO-GO  1 scenario did not hold' }
const UNENDED = { end: undefined, exitCode: undefined, verdict: undefined }
const living = processIdentity(process.pid)

/** Local time, as days are meant. */
const at = (time: string): string => new Date(time).toISOString()

function history() {
  const place = runsFolder()
  const record = (name: string, time: string, other = {}) => recordRun(place.folder, name, at(time), other)
  record('a', '2026-05-01T03:00')
  record('b', '2026-05-02T03:00')
  record('b-2', '2026-05-02T23:59', BAD)
  record('c', '2026-05-03T03:00', { shard: { index: 1, count: 2, total: 3, plan: 'x' } })
  record('d', '2026-05-04T03:00', { ...UNENDED, runner: '1 2 another-boot' })
  record('e', '2026-05-05T03:00', { ...UNENDED, runner: living })
  return place
}

const found = (word: string, runs: string, than?: string): string =>
  basename(findRun(word, runs, than === undefined ? undefined : findRun(than, runs)).folder)

test('all runs, oldest first, and how each stands', () => {
  using runs = history()
  mkdirSync(join(runs.folder, 'just-made'))
  mkdirSync(join(runs.folder, 'damaged'))
  writeFileSync(join(runs.folder, 'damaged/run.json'), '{"format":1,')
  symlinkSync('a', join(runs.folder, 'latest'))
  assert.deepEqual(
    listRuns(runs.folder).map(({ folder, state }) => `${basename(folder)} ${state}`),
    ['a ended', 'b ended', 'b-2 ended', 'c ended', 'd killed', 'e going on'],
  )
})

test('runs begun in the same second are in the order of their names', () => {
  using runs = runsFolder()
  for (const name of ['n-10', 'n', 'n-2']) recordRun(runs.folder, name, '2026-05-01T03:00:00.000Z')
  assert.deepEqual(
    listRuns(runs.folder).map(({ folder }) => basename(folder)),
    ['n', 'n-2', 'n-10'],
  )
})

test('no folder of runs, no run', () => assert.deepEqual(listRuns('/nowhere/runs'), []))

const words: readonly (readonly [word: string, wanted: string, than?: string])[] = [
  ['last', 'd'],
  ['last-good', 'b'],
  ['last', 'b', 'b-2'],
  ['last', 'b-2', 'd'],
  ['last-good', 'a', 'b'],
  ['2026-05-02', 'b-2'],
  ['2026-05-02', 'b', 'b-2'],
  ['2026-05-02T23:58', 'b'],
  ['2026-05-02T23:59', 'b-2'],
  [at('2026-05-02T03:00'), 'b'],
  ['2030-01-01T00:00', 'd'],
  ['c', 'c'],
  ['e', 'e'],
]
for (const [word, wanted, than] of words)
  test(`${word}${than ? ` before ${than}` : ''} is ${wanted}`, () => {
    using runs = history()
    assert.equal(found(word, runs.folder, than), wanted)
  })

test('a path is a run wherever it lies', () => {
  using runs = history()
  assert.equal(found(join(runs.folder, 'a'), '/nowhere'), 'a')
})

const refused: readonly (readonly [word: string, said: RegExp, than?: string])[] = [
  [
    '2026-06-01',
    /^There is no run for "2026-06-01"\n\n[\s\S]*Known +e \(going on\), d \(killed\), c \(GO, shard 1\/2\), b-2 \(NO-GO\)/,
  ],
  ['2026-04-01T00:00', /^There is no run for "2026-04-01T00:00"/],
  ['last-good', /^No run was good before a\n/, 'a'],
  ['lsat', /^lsat is no recorded run\n[\s\S]*Did you mean +last\n/],
  ['2026-02-31', /^2026-02-31 is no moment in time/],
  ['2026-05-02T99:00', /is no moment in time/],
]
for (const [word, said, than] of refused)
  test(`${word}${than ? ` before ${than}` : ''} is refused, with what there is`, () => {
    using runs = history()
    assert.throws(() => found(word, runs.folder, than), { name: 'UsageError', message: said })
  })

test('without any run one is told how to make one', () => {
  using runs = runsFolder()
  assert.throws(() => findRun('last', runs.folder), { message: /^There is no run for "last"\n[\s\S]*nixcumber run$/ })
})
