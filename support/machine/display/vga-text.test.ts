import assert from 'node:assert/strict'
import test from 'node:test'
import { fromCodePage437 } from './code-page-437.ts'
import { decodeText, readTextMode } from './vga-text.ts'

/** Registers of mode 3 as SeaBIOS sets it: 80 columns, 400 lines of 16 a row. */
const MODE_3: Readonly<Record<string, number>> = {
  '3ce 6': 0x0e,
  '3d4 1': 0x4f,
  '3d4 7': 0x1f,
  '3d4 9': 0x4f,
  '3d4 12': 0x8f,
  '3d4 c': 0x01,
  '3d4 d': 0x40,
}
const reading = (changed: Readonly<Record<string, number>> = {}) =>
  readTextMode(async (port, index) => ({ ...MODE_3, ...changed })[`${port.toString(16)} ${index.toString(16)}`] ?? 0)

test('a text mode is read from the registers', async () =>
  assert.deepEqual(await reading(), { columns: 80, rows: 25, start: 320 }))

test('graphics are no text mode', async () => assert.equal(await reading({ '3ce 6': 0x05 }), undefined))

test('characters are read from where the screen begins, around the end of the memory', () => {
  const memory = Buffer.from('C\u0007D\u0007.\u0007A\u0007\u00e9\u0007 \u0007', 'latin1')
  assert.deepEqual(decodeText(memory, { columns: 2, rows: 2, start: 4 }), { rows: ['Θ', 'CD'] })
})

test('all 256 characters of the ROM are known and differ, but for its blanks', () => {
  const all = Array.from({ length: 256 }, (_, byte) => fromCodePage437(byte))
  assert.equal(new Set(all).size, 255)
  assert.equal(all.join('').length, 256)
  assert.deepEqual([0x01, 0x41, 0x7f, 0xb3, 0xdb, 0xff].map(fromCodePage437), ['☺', 'A', '⌂', '│', '█', '\u00a0'])
})
