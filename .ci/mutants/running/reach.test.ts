import assert from 'node:assert/strict'
import test from 'node:test'
import { filesThatReach, TestFile } from './reach.ts'
import { named } from './test-process.ts'

const reached = (outside: readonly string[], tests: Readonly<Record<string, readonly string[]>>) => ({
  outside,
  tests: Object.entries(tests).map(([name, ids]) => ({ name, ids })),
})

test('a mutant is tried by the files that come by it, those first that come by few', () => {
  const wide = new TestFile('wide', 1, [reached(['3'], { a: ['1', '2'] })])
  const near = new TestFile('near', 1, [reached([], { a: ['1'] })])
  const other = new TestFile('other', 1, [reached(['2'], {})])
  assert.deepEqual(filesThatReach('1', [wide, near, other]), [near, wide])
})

test('of a file the tests that come by it are run; all, when it was not in a test', () => {
  const file = new TestFile('file', 1, [reached(['3'], { a: ['1'], b: ['1', '2'], c: [] }), reached(['4'], {})])
  const tests = ['1', '2', '3', '4', '5'].map(id => file.testsThatReach(id).join(' '))
  assert.deepEqual(tests, ['a b', 'b', 'a b c', 'a b c', ''])
})

test('a test is run by its whole name, whatever stands in it', () => {
  const [pattern = ''] = named(['"/a|b" (1): is $x \\ [^y]'])
  const expression = new RegExp(pattern.replace('--test-name-pattern=', ''), 'u')
  assert.ok(expression.test('"/a|b" (1): is $x \\ [^y]'))
  assert.ok(!expression.test('"/a|b" (1): is $x \\ [^y] and more') && !expression.test('b" (1): is $x \\ [^y]'))
})
