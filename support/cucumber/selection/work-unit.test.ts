import assert from 'node:assert/strict'
import test from 'node:test'
import { candidates, named } from '../../runner/workers/testing/candidates.ts'
import { cut } from './shard.ts'
import { keyOf, workUnitsOf } from './work-unit.ts'

const features = {
  'a.feature':
    'Feature: A\n  Scenario: one\n    Then x\n  Scenario Outline: row\n    Then <n>\n    Examples:\n      | n |\n      | 1 |\n      | 2 |\n',
  'b.feature':
    'Feature: B\n  Scenario: two\n    Then x\n  @milestone\n  Scenario: three\n    Then x\n  Rule: R\n    Scenario: two\n      Then x\n',
}

test('a unit is one scenario or one row', () => {
  assert.deepEqual(named(workUnitsOf(candidates({ 'a.feature': features['a.feature'] }))), [['one'], ['row'], ['row']])
})

test('all scenarios of a feature that build on one another are one unit, in order', () => {
  assert.deepEqual(named(workUnitsOf(candidates(features))), [['one'], ['row'], ['row'], ['two', 'three', 'two']])
})

test('choosing scenarios changes no unit: the tag counts though its scenario was left out', () => {
  const without = candidates(features).filter(({ pickle }) => pickle.name !== 'three')
  assert.deepEqual(named(workUnitsOf(without)).at(-1), ['two', 'two'])
})

test('the key of a scenario holds though lines move above it, and is another for each', () => {
  const keys = candidates(features).map(keyOf)
  assert.deepEqual(keys, [
    'a.feature: one',
    'a.feature: row [1]',
    'a.feature: row [2]',
    'b.feature: two',
    'b.feature: three',
    'b.feature: R › two',
  ])
  const moved = candidates({ 'a.feature': `# a comment\n\n${features['a.feature']}` }).map(keyOf)
  assert.deepEqual(moved, keys.slice(0, 3))
})

test('two scenarios of one name in a feature have two keys', () => {
  const twins = candidates({ 'c.feature': 'Feature: C\n  Scenario: x\n    Then x\n  Scenario: x\n    Then x\n' })
  assert.deepEqual(twins.map(keyOf), ['c.feature: x', 'c.feature: x (2)'])
})

test('an unknown duration is taken for the median of the known', () => {
  const durations = { 'a.feature: one': 10, 'b.feature: two': 30, 'b.feature: three': 500 }
  assert.deepEqual(
    workUnitsOf(candidates(features), durations).map(({ milliseconds }) => milliseconds),
    [10, 30, 30, 560],
  )
})

const shards = (count: number, durations = {}) =>
  Array.from({ length: count }, (_, i) => cut(candidates(features), { index: i + 1, count }, durations))

test('all shards together are everything, each scenario once', () => {
  for (const count of [1, 2, 3, 4, 7]) {
    const all = shards(count).flatMap(({ mine }) => mine.map(keyOf))
    assert.deepEqual(all.toSorted(), candidates(features).map(keyOf).toSorted(), `${count} shards`)
  }
})

test('the same durations give the same parts, other durations other ones, and the plan says so', () => {
  const [a] = shards(2)
  const [b] = shards(2)
  const [c] = shards(2, { 'a.feature: one': 60_000, 'b.feature: two': 10, 'b.feature: three': 10 })
  assert.equal(a?.plan, b?.plan)
  assert.notEqual(a?.plan, c?.plan)
})

test('a long scenario has a shard of its own', () => {
  const parts = shards(2, { 'a.feature: one': 60_000, 'b.feature: two': 10, 'b.feature: three': 10 })
  assert.deepEqual(
    parts.map(({ mine }) => mine.length),
    [1, 5],
  )
})

test('shards of recorded durations differ by no more than the longest unit', () => {
  const text = Array.from({ length: 40 }, (_, i) => `  Scenario: s${i}\n    Then x\n`).join('')
  const many = candidates({ 'm.feature': `Feature: M\n${text}` })
  const durations = Object.fromEntries(many.map((each, i) => [keyOf(each), 100 + ((i * 7919) % 1000)]))
  const sums = [1, 2, 3].map(index =>
    cut(many, { index, count: 3 }, durations).mine.reduce((sum, each) => sum + (durations[keyOf(each)] ?? 0), 0),
  )
  assert.ok(Math.max(...sums) - Math.min(...sums) <= 1100, sums.join())
})
