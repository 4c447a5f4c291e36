import assert from 'node:assert/strict'
import test from 'node:test'
import { parseQuantity } from './quantity.ts'

const ROWS: readonly (readonly [string, number | undefined])[] = [
  ['12', 12],
  ['1500m', 1.5],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['5.', 5],
  ['16266740Ki', 16_266_740 * 1024],
  ['16Gi', 16 * 1024 ** 3],
  ['1Ei', 1024 ** 6],
  ['1k', 1000],
  ['129M', 129e6],
  ['1E', 1e18],
  ['1e3', 1000],
  ['12E6', 12e6],
  ['1e-3', 0.001],
  ['-1', -1],
  ['', undefined],
  ['12 ', undefined],
  ['12KiB', undefined],
  ['1ki', undefined],
  ['Ki', undefined],
  ['1e', undefined],
  ['NaN', undefined],
]

for (const [text, number] of ROWS) test(`"${text}" is ${number}`, () => assert.equal(parseQuantity(text), number))
