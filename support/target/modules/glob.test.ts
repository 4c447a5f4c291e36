import assert from 'node:assert/strict'
import test from 'node:test'
import { matchesGlob } from './glob.ts'

/** As fnmatch(3) has it. */
for (const [text, pattern, wanted] of [
  ['', '', true],
  ['', '*', true],
  ['a', '', false],
  ['abc', 'abc', true],
  ['abc', 'ab', false],
  ['ab', 'abc', false],
  ['abc', '*c', true],
  ['abcbc', 'a*bc', true],
  ['abcbd', 'a*bc', false],
  ['abc', 'a?c', true],
  ['ac', 'a?c', false],
  ['a1c', 'a[0-9]c', true],
  ['axc', 'a[0-9]c', false],
  ['axc', 'a[!0-9]c', true],
  ['a-c', 'a[a-]c', true],
  ['a]c', 'a[]]c', true],
  ['enp1s0', 'en*', true],
  ['eth0', 'en*', false],
  ['a.c', 'a?c', true],
  ['xaybz', '*a*b*', true],
  ['xaybz', '*b*a*', false],
] as const)
  test(`"${text}" ${wanted ? 'matches' : 'does not match'} "${pattern}"`, () =>
    assert.equal(matchesGlob(text, pattern), wanted))

test('many stars take no more time than both are long', () => {
  const start = performance.now()
  assert.equal(matchesGlob('a'.repeat(20_000), `${'*a'.repeat(200)}b`), false)
  assert.ok(performance.now() - start < 2000)
})
