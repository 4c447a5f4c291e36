import assert from 'node:assert/strict'
import test from 'node:test'
import { parseMebibytes, taggedSize } from './machine-size.ts'

for (const [text, size] of [
  ['4GiB', 4096],
  ['1.5 GiB', 1536],
  ['700', 700],
  ['700MiB', 700],
  ['1TiB', 1_048_576],
  ['4GB', undefined],
  ['0', undefined],
  ['', undefined],
  ['-1', undefined],
  ['4 gib', undefined],
] as const)
  test(`"${text}" is ${size ?? 'no size'}`, () => assert.equal(parseMebibytes(text), size))

test('tags say how big a scenario wants its machine', () =>
  assert.deepEqual(taggedSize(['@web', '@memory:4GiB', '@cores:2', '@diskSize:20GiB']), {
    memorySize: 4096,
    cores: 2,
    diskSize: 20480,
  }))

test('other tags are not meant', () =>
  assert.deepEqual(taggedSize(['@memory', '@cores-are-many', '@role:memory:4']), {}))

for (const tag of ['@memory:4GB', '@memory:', '@cores:0', '@cores:two', '@diskSize:big'])
  test(`${tag} is refused with an example`, () =>
    assert.throws(() => taggedSize([tag]), /names no size.*Expected {3}@\w+:\d.*Got {8}@/s))
