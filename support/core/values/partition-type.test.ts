import assert from 'node:assert/strict'
import test from 'node:test'
import { partitionType } from './partition-type.ts'

for (const [word, type] of [
  ['ef00', 'EF00'],
  ['C12A7328-F81F-11D2-BA4B-00A0C93EC93B', 'EF00'],
  ['7c3457ef-0000-11aa-aa11-00306543ecac', '7C3457EF-0000-11AA-AA11-00306543ECAC'],
  ['83', '0x83'],
  ['0x83', '0x83'],
  ['0xEF', '0xef'],
  // sgdisk's code of something that is not known here, a word, and nothing.
  ['8310', undefined],
  ['linux', undefined],
  ['', undefined],
] as const)
  test(`"${word}" is ${type ?? 'no type of a partition'}`, () => assert.equal(partitionType(word), type))
