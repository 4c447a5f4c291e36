import assert from 'node:assert/strict'
import test from 'node:test'
import { ageOf, comesAndGoes, usualTime } from './past.ts'
import { past, side } from './testing/sides.ts'

const KEY = 'features/web.feature: a'
const day = (i: number): string => `2026-05-${String(i + 1).padStart(2, '0')}T01:00:00Z`
const course = (...outcomes: Parameters<typeof past>[1][string][]) => outcomes.map((a, i) => past(day(i), { a }))
const now = side([], { start: '2026-06-01T01:00:00Z' }).run

test('a failure is as old as the first of the runs that had it without a break', () => {
  const age = (...outcomes: Parameters<typeof course>) => ageOf(KEY, course(...outcomes), now)
  assert.deepEqual(age(), { runs: 1, since: now.start })
  assert.deepEqual(age('failed', 'held'), { runs: 1, since: now.start })
  for (const bad of ['failed', 'error', 'refused'] as const)
    assert.deepEqual(age('held', bad, bad), { runs: 3, since: day(1), revision: 'rev-2026-05-02' }, bad)
  assert.deepEqual(age('failed', 'skipped', 'unfinished'), { runs: 2, since: day(0), revision: 'rev-2026-05-01' })
})

test('a run that announced it and never began says nothing of its age', () => {
  const [bad, begun] = course('failed', 'held')
  const never = {
    ...begun,
    results: { format: 1, scenarios: { [KEY]: { outcome: 'held', attempts: 0, milliseconds: 0, body: '' } } },
  }
  assert.equal(ageOf(KEY, [bad, never] as ReturnType<typeof course>, now).runs, 2)
})

test('what changed twice in the last five runs comes and goes', () => {
  const goes = (...outcomes: Parameters<typeof course>) => comesAndGoes(KEY, course(...outcomes), 'failed')
  assert.equal(goes('failed', 'held'), true)
  assert.equal(goes('held', 'held'), false)
  assert.equal(goes('error', 'refused', 'failed'), false)
  assert.equal(goes('failed', 'held', 'held', 'held', 'held'), true)
  assert.equal(goes('failed', 'held', 'held', 'held', 'held', 'held'), false)
  assert.equal(goes('failed', 'skipped', 'unfinished'), false)
  assert.equal(comesAndGoes(KEY, course('held', 'failed'), 'held'), true)
})

test('how long it usually takes is the middle of the last five times that it held', () => {
  const taking = (...times: number[]) => times.map((time, i) => past(day(i), { a: 'held' }, time))
  assert.equal(usualTime(KEY, []), undefined)
  assert.equal(usualTime(KEY, course('failed', 'error')), undefined)
  assert.equal(usualTime(KEY, taking(9, 1, 100)), 9)
  assert.equal(usualTime(KEY, taking(10, 20)), 20)
  assert.equal(usualTime(KEY, taking(500, 600, 700, 3, 1, 5, 2, 4)), 3)
  assert.equal(usualTime(KEY, [...taking(7), past(day(8), { a: 'failed' }, 900), past(day(9), { b: 'held' }, 900)]), 7)
})
