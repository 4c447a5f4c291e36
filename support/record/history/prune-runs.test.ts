import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'node:test'
import { processIdentity } from '../../core/files/process-identity.ts'
import { recordRun, runsFolder } from '../testing/recorded-run.ts'
import { prunableRuns, pruneRuns } from './prune-runs.ts'
import { mayPrune, REMOVED_PREFIX } from './retention.ts'
import { listRuns } from './runs.ts'

const NOW = Date.parse('2026-06-30T12:00:00Z')
const KEEP = { days: 30, atLeast: 2 }

const nameOf = (day: string): string => `2026-${day}T03-00-00`
const record = (runs: string, day: string, other = {}) =>
  recordRun(runs, nameOf(day), `2026-${day}T03:00:00.000Z`, other)

/** Ten runs that did not hold, five of them old; 03-01 was the last good one. */
function history() {
  const place = runsFolder()
  const bad = { exitCode: 1 }
  for (const day of ['01-01', '02-01', '04-01', '05-01', '06-10', '06-20', '06-28', '06-29'])
    record(place.folder, day, bad)
  record(place.folder, '03-01')
  record(place.folder, '02-15', { exitCode: 0, shard: { index: 1, count: 2, total: 2, plan: '' } })
  return place
}

const names = (found: readonly { readonly folder: string }[]) =>
  found.map(({ folder }) => basename(folder).slice(5, 10))

test('old runs may go, oldest first; the last good one stays, a good shard is none', () => {
  using runs = history()
  assert.deepEqual(names(prunableRuns(runs.folder, KEEP, NOW)), ['01-01', '02-01', '02-15', '04-01', '05-01'])
})

test('a run stays for its days, to the very end of them', () => {
  using runs = runsFolder()
  record(runs.folder, '01-01')
  for (const day of ['06-28', '06-29', '06-30']) record(runs.folder, day)
  const ended = Date.parse('2026-01-01T03:00:00.000Z')
  const later = (ms: number) => names(prunableRuns(runs.folder, KEEP, ended + 30 * 24 * 60 * 60 * 1000 + ms))
  assert.deepEqual([later(0), later(1)], [[], ['01-01']])
})

test('the last good run of a part stays while a recent run is of that part', () => {
  using runs = history()
  record(runs.folder, '04-15', { part: ['--name web'] })
  record(runs.folder, '04-16', { part: ['--name db'] })
  record(runs.folder, '06-29', { exitCode: 1, part: ['--name web'] })
  assert.deepEqual(names(prunableRuns(runs.folder, KEEP, NOW)), ['01-01', '02-01', '02-15', '04-01', '04-16', '05-01'])
})

test('so many stay however old they are', () => {
  using runs = history()
  assert.deepEqual(names(prunableRuns(runs.folder, { days: 0, atLeast: 8 }, NOW)), ['01-01', '02-01'])
  assert.deepEqual(prunableRuns(runs.folder, { days: 0, atLeast: 10 }, NOW), [])
})

const staying: readonly (readonly [why: string, change: (runs: string) => void])[] = [
  [
    'one that still goes on',
    runs => void record(runs, '01-01', { end: undefined, runner: processIdentity(process.pid) }),
  ],
  ['one that was renamed', runs => renameSync(join(runs, nameOf('01-01')), join(runs, 'before-the-move'))],
  ['the one that latest leads to', runs => symlinkSync(nameOf('01-01'), join(runs, 'latest'))],
  ['a folder that is no run', runs => void mkdirSync(join(runs, nameOf('01-01').replace('03', '04')))],
]
for (const [why, change] of staying)
  test(`${why} stays`, () => {
    using runs = history()
    change(runs.folder)
    const before = readdirSync(runs.folder).filter(
      name => !['02-01', '02-15', '04-01', '05-01'].includes(name.slice(5, 10)),
    )
    const expected = why.startsWith('a folder') ? before.filter(name => name !== nameOf('01-01')) : before
    pruneRuns(runs.folder, KEEP, NOW)
    assert.deepEqual(readdirSync(runs.folder), expected)
  })

test('a killed one goes as any other', () => {
  using runs = history()
  record(runs.folder, '01-01', { end: undefined, exitCode: undefined })
  assert.ok(names(pruneRuns(runs.folder, KEEP, NOW)).includes('01-01'))
  assert.ok(!existsSync(join(runs.folder, nameOf('01-01'))))
})

test('a link to a folder elsewhere is not followed', () => {
  using runs = history()
  using elsewhere = runsFolder()
  renameSync(join(runs.folder, nameOf('01-01')), join(elsewhere.folder, 'run'))
  symlinkSync(join(elsewhere.folder, 'run'), join(runs.folder, nameOf('01-01')))
  pruneRuns(runs.folder, KEEP, NOW)
  assert.ok(existsSync(join(elsewhere.folder, 'run/run.json')))
})

test('what a killed runner was removing goes the next time, and is no run meanwhile', () => {
  using runs = runsFolder()
  renameSync(record(runs.folder, '01-01'), join(runs.folder, '.removed-x-1'))
  assert.deepEqual(listRuns(runs.folder), [])
  assert.ok(mayPrune(runs.folder, KEEP, NOW))
  pruneRuns(runs.folder, KEEP, NOW)
  assert.deepEqual(readdirSync(runs.folder), [])
})

test('a look at the names tells whether there is anything to do', () => {
  using runs = runsFolder()
  assert.equal(mayPrune(join(runs.folder, 'nowhere'), KEEP, NOW), false)
  record(runs.folder, '06-20')
  assert.equal(mayPrune(runs.folder, KEEP, NOW), false)
  record(runs.folder, '05-20')
  assert.equal(mayPrune(runs.folder, KEEP, NOW), true)
})

test('a run that cannot be removed stays, and is not told as gone', () => {
  using runs = history()
  // Something is in the way of the name that it would have meanwhile.
  const aside = join(runs.folder, `${REMOVED_PREFIX}${nameOf('02-01')}-${process.pid}`)
  mkdirSync(join(aside, 'full'), { recursive: true })
  assert.deepEqual(names(pruneRuns(runs.folder, KEEP, NOW)), ['01-01', '02-15', '04-01', '05-01'])
  assert.ok(existsSync(join(runs.folder, nameOf('02-01'), 'run.json')))
})
