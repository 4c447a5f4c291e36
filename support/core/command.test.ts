import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'
import { argv, quote, sh } from './command.ts'

const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i))
for (const hostile of [
  printable,
  '',
  "'",
  '\n\t',
  '$(reboot)',
  '`reboot`',
  '-n',
  '; rm -rf /',
  '\u001b[31m',
  'ü€😀',
  '\x7f\x01',
])
  test(`a shell gives ${JSON.stringify(hostile)} back unchanged`, () => {
    const { script } = argv('printf', '%s', hostile)
    assert.equal(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), hostile)
  })

test('holes are quoted, lists become words, commands are put in whole', () =>
  assert.equal(sh`a ${"it's"} ${['b c', 'd']} | ${sh`e ${1}`}`.script, `a 'it'\\''s' 'b c' d | e 1`))

test('a NUL byte is refused', () => assert.throws(() => quote('a\0b'), /NUL byte/))
