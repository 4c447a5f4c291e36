import assert from 'node:assert/strict'
import test from 'node:test'
import { explanation } from './explanation.ts'
import type { StepResult } from './results/result-types.ts'

const step = (more: Partial<StepResult>): StepResult =>
  ({ keyword: 'Then ', text: 'x', outcome: 'failed', ...more }) as StepResult
const thrown = { message: 'was not active', stack: 'Error: was not active\n    at steps/a.ts:3' }

for (const [what, found, told] of [
  ['a claim that does not hold', { error: thrown, ours: true }, 'was not active'],
  ['a mistake in a program', { error: thrown, ours: false }, thrown.stack],
  ['a mistake without a stack', { error: { message: 'thrown text' }, ours: false }, 'thrown text'],
  [
    'a step in which the runner ended',
    { outcome: 'unfinished', error: thrown },
    'The runner was stopped in the middle of it.',
  ],
  ['a step that says nothing', {}, 'No word was said about why.'],
  ['a sentence that is none', { outcome: 'refused' }, 'No step has this sentence\n\n  Next       nixcumber steps'],
] as const)
  test(`${what} is told by: ${told.split('\n')[0]}`, () =>
    assert.equal(explanation(step(found as Partial<StepResult>)), told))

test('a sentence that is none is told with the nearest that is one', () => {
  const text = explanation(step({ outcome: 'refused', nearest: 'service "x" is active' } as Partial<StepResult>))
  assert.match(text, /Did you mean +service "x" is active\n/)
})
