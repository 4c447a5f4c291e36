import assert from 'node:assert/strict'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'node:test'
import { processIdentity } from '../../core/files/process-identity.ts'
import { recordRun, runsFolder } from '../testing/recorded-run.ts'
import { damagedSince, findRun, listRuns } from './runs.ts'

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

const DAMAGED: readonly (readonly [word: string, name: string])[] = [
  ['last', '2026-06-01T03-00-00'],
  ['last-good', '2026-06-01T03-00-00'],
  ['2026-06-01', '2026-06-01T12-00-00'],
  ['2026-06-01T13:00Z', '2026-06-01T12-00-00'],
]
for (const [word, name] of DAMAGED)
  test(`${word} may mean a run whose record is damaged: none is taken instead`, () => {
    using runs = history()
    for (const [file, text] of Object.entries({ 'run.json': '{"format":1,', 'messages.ndjson': '' })) {
      mkdirSync(join(runs.folder, name), { recursive: true })
      writeFileSync(join(runs.folder, name, file), text)
    }
    const said = new RegExp(`^The record of ${name} is damaged\\n[\\s\\S]*run.json cannot be read`)
    assert.throws(() => found(word, runs.folder), { name: 'EnvironmentBroken', exitCode: 3, message: said })
    rmSync(join(runs.folder, name, 'run.json'))
    assert.throws(() => found(word, runs.folder), { exitCode: 3, message: /no run.json in it/ })
  })

test('a damaged record older than the run that is meant is no matter, and a base before it may be older', () => {
  using runs = history()
  mkdirSync(join(runs.folder, '2026-05-02T12-00-00'))
  writeFileSync(join(runs.folder, '2026-05-02T12-00-00/run.json'), 'null')
  assert.equal(found('last', runs.folder), 'd')
  assert.equal(found('last-good', runs.folder, 'b-2'), 'b')
  assert.deepEqual(
    damagedSince(runs.folder, findRun('b', runs.folder), findRun('b-2', runs.folder)).map(({ folder }) =>
      basename(folder),
    ),
    ['2026-05-02T12-00-00'],
  )
})

test('a damaged record of the same second is taken for a newer one', () => {
  using runs = runsFolder()
  recordRun(runs.folder, '2026-05-01T03-00-00', '2026-05-01T03:00:00.800Z')
  mkdirSync(join(runs.folder, '2026-05-01T03-00-00-2'))
  writeFileSync(join(runs.folder, '2026-05-01T03-00-00-2/run.json'), '')
  assert.throws(() => findRun('last', runs.folder), { exitCode: 3 })
})

const PART = { part: ['--name web'] }

test('a run of a part is no base for the whole, and the last run all the same', () => {
  using runs = runsFolder()
  recordRun(runs.folder, 'whole', '2026-05-01T03:00:00.000Z')
  recordRun(runs.folder, 'part', '2026-05-02T03:00:00.000Z', PART)
  recordRun(runs.folder, 'now', '2026-05-03T03:00:00.000Z', BAD)
  recordRun(runs.folder, 'part-now', '2026-05-04T03:00:00.000Z', PART)
  assert.equal(found('last-good', runs.folder, 'now'), 'whole')
  assert.equal(found('last', runs.folder, 'now'), 'whole')
  assert.equal(found('last-good', runs.folder, 'part-now'), 'part')
  assert.equal(found('last', runs.folder), 'part-now')
  assert.equal(found('last-good', runs.folder), 'whole')
})

test('a name that is no run is told with what there is, the newest first', () => {
  using runs = runsFolder()
  recordRun(runs.folder, 'good', '2026-05-01T03:00:00.000Z')
  recordRun(runs.folder, 'bad', '2026-05-02T03:00:00.000Z', { ...BAD, ...PART })
  mkdirSync(join(runs.folder, 'empty'))
  const words = /^empty is no recorded run\n[\s\S]*last, last-good, bad \(NO-GO, only --name web\), good \(GO\)/
  assert.throws(() => findRun('empty', runs.folder), { message: words })
  writeFileSync(join(runs.folder, 'empty/run.json'), '{}')
  assert.throws(() => findRun('empty', runs.folder), { message: /^run\.json in empty is none of nixcumber's\n/ })
})

test('without any run one is told how to make one', () => {
  using runs = runsFolder()
  assert.throws(() => findRun('last', runs.folder), { message: /^There is no run for "last"\n[\s\S]*nixcumber run$/ })
})
