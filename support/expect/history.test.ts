import assert from 'node:assert/strict'
import test from 'node:test'
import { milliseconds } from '../core/time/duration.ts'
import { History } from './history.ts'

const told = (...states: readonly (readonly [string, number])[]): string => {
  const history = new History()
  for (const [state, at] of states) history.add(state, milliseconds(at))
  return history.toString()
}

test('what never changed has no history', () => {
  assert.equal(told(), '')
  assert.equal(told(['inactive', 0], ['inactive', 500]), '')
})

test('a history tells each change with its time, to a tenth of a second', () => {
  assert.equal(told(['inactive', 49], ['active', 50], ['failed', 3000]), 'inactive 0 s · active 100 ms · failed 3 s')
})

test('a change that was seen before is counted where it was first', () => {
  const loop = [...Array(3).keys()].flatMap(i => [
    ['up', 10 * i * 1000] as const,
    ['down', (10 * i + 5) * 1000] as const,
  ])
  assert.equal(told(...loop), 'up 0 s · down 5 s (3 times) · up 10 s (2 times)')
})

test('no more than twelve changes are told, and how many more there were', () => {
  const states = (count: number) => [...Array(count).keys()].map(i => [`s${i}`, i * 1000] as const)
  assert.match(told(...states(12)), / · s11 11 s$/)
  assert.match(told(...states(14)), / · s11 11 s · 2 more$/)
})
