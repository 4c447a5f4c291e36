import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'
import { hiddenErrors } from './hidden-errors.ts'

const SHOWN: readonly (readonly [string, string])[] = [
  ['cat x 2>/dev/null | wc -l', 'cat x 2>&2 | wc -l'],
  ['cat x 2>&1 | grep -c y', 'cat x 2>&2 | grep -c y'],
  ['cat x |& grep -c y', 'cat x | grep -c y'],
  ['cat x &>/dev/null', 'cat x >/dev/null'],
  ['cat x >& /dev/null', 'cat x >/dev/null'],
  ['cat x >/dev/null 2>&1', 'cat x >/dev/null 2>&2'],
  ['cat x 2>&-', 'cat x 2>&2'],
  ['2>/dev/null cat x', '2>&2 cat x'],
  ['{ cat x; cat y; } 2> /dev/null', '{ cat x; cat y; } 2>&2'],
  ['exec 2>/dev/null; cat x', 'exec 2>&2; cat x'],
  ['echo "$(cat x 2>/dev/null)" $(cat y 2>&1)', 'echo "$(cat x 2>&2)" $(cat y 2>&2)'],
  ['if cat x 2>/dev/null; then echo "2>/dev/null"; fi', 'if cat x 2>&2; then echo "2>/dev/null"; fi'],
  ['cat 2> >(grep a 2>/dev/null) x', 'cat 2>&2 x'],
]
for (const [script, shown] of SHOWN)
  test(`${script} hides, and ${shown} does not`, () => {
    assert.deepEqual(hiddenErrors(script), { shown })
    execFileSync('bash', ['-n', '-c', shown])
  })

const NOT_TO_BE_SHOWN = [
  'sh -c "cat x 2>/dev/null" | wc -l',
  'echo `cat x 2>/dev/null`',
  'cat <<E\n$(cat x 2>/dev/null)\nE',
]
for (const script of NOT_TO_BE_SHOWN)
  test(`${JSON.stringify(script)} hides inside of it`, () => assert.deepEqual(hiddenErrors(script), {}))

// what is no look is not run once more
const OPEN = ['cat x | wc -l', 'cat x >/dev/null', 'echo x >&2', 'cat <x', 'echo "2>/dev/null"', 'rm x 2>/dev/null']
for (const script of OPEN) test(`${script} brings nothing along`, () => assert.equal(hiddenErrors(script), undefined))
