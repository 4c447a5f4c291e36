import assert from 'node:assert/strict'
import test from 'node:test'
import { visible } from './visible.ts'

for (const [what, said, shown] of [
  ['plain text in any script', 'Samsung SSD 970 – 東京', 'Samsung SSD 970 – 東京'],
  ['an escape code', 'a\u001b[2Jb', 'a\ufffd[2Jb'],
  ['one that is a single letter', 'a\u009b2Jb', 'a\ufffd2Jb'],
  ['a line that is forged', 'a\nkept  /dev/sda\r', 'a\ufffdkept  /dev/sda\ufffd'],
  ['another end of a line', 'a\u2028b\u0085c', 'a\ufffdb\ufffdc'],
  ['a turned direction', 'a\u202ebdev\u2069', 'a\ufffdbdev\ufffd'],
] as const)
  test(what, () => assert.equal(visible(said), shown))

test('what is kept stays', () => assert.equal(visible('a\tb\nc\0', '\n\t'), 'a\tb\nc\ufffd'))
