import assert from 'node:assert/strict'
import test from 'node:test'
import { isWithin, readSizeBound } from './size-bound.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3

for (const [text, bytes, fits] of [
  ['512M', 512 * MIB, true],
  ['512 MiB', 513 * MIB, true],
  ['512MB', 511 * MIB - 1, false],
  ['0.5G', 512 * MIB, true],
  ['about 100G', 95 * GIB, true],
  ['about 100G', 105 * GIB + 1, false],
  ['at least 240G', 240 * GIB, true],
  ['at least 240G', 240 * GIB - 1, false],
  ['at most 1G', GIB, true],
  ['at most 1G', GIB + 1, false],
] as const)
  test(`${bytes} bytes are ${fits ? '' : 'not '}"${text}"`, () => {
    const bound = readSizeBound(text)
    assert.equal(bound && isWithin(bytes, bound), fits)
  })

for (const text of ['', '0M', '100%', '512', '-1G', 'about', 'at least', 'more than 1G', '1e3G', '1GG'])
  test(`"${text}" is no size`, () => assert.equal(readSizeBound(text), undefined))
