import assert from 'node:assert/strict'
import test from 'node:test'
import { serialKey } from '../console/serial-keys.ts'
import { chordsOf, readChord } from './keyboard.ts'

test('a chord is read as QEMU names its keys, and by the names people use', () => {
  assert.deepEqual(readChord('ctrl-alt-f2'), ['ctrl', 'alt', 'f2'])
  assert.deepEqual(readChord('Ctrl-Alt-Del'), ['ctrl', 'alt', 'delete'])
  assert.deepEqual(readChord('enter'), ['ret'])
  assert.deepEqual(readChord('page-up'), ['pgup'])
})

test('a key that is none is refused with the nearest', () => {
  assert.throws(() => readChord('ctrl-atl-f2'), /^UsageError: Unknown key "atl" in "ctrl-atl-f2".*Did you mean +alt$/s)
  assert.throws(() => readChord('entr'), /^UsageError: Unknown key "entr"\n.*Did you mean +enter$/s)
})

test('a text becomes the keys that type it', () =>
  assert.deepEqual(chordsOf('aB_1!'), [['a'], ['shift', 'b'], ['shift', 'minus'], ['1'], ['shift', '1']]))

test('what a US keyboard does not have cannot be typed', () =>
  assert.throws(() => chordsOf('ü'), /"ü" cannot be typed/))

const sent: readonly [string, string][] = [
  ['down', '\u001b[B'],
  ['enter', '\r'],
  ['ctrl-c', '\u0003'],
  ['e', 'e'],
]
for (const [key, bytes] of sent)
  test(`a terminal sends ${JSON.stringify(bytes)} for ${key}`, () => assert.equal(serialKey(key), bytes))

test('what a serial line cannot carry is refused with the nearest', () => {
  assert.throws(() => serialKey('dwon'), /^UsageError: Unknown key "dwon"\n.*Did you mean +down$/s)
  assert.throws(() => serialKey('ctrl-alt-f2'), /what a serial line can carry/)
})
