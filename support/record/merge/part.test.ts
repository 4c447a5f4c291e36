import assert from 'node:assert/strict'
import test from 'node:test'
import { coversPartOf, unitedPart } from './part.ts'

const part = (...words: string[]) => ({ part: words })
const WHOLE = {}

const CASES: readonly (readonly [name: string, base: { part?: string[] }, of: { part?: string[] }, wanted: boolean])[] =
  [
    ['the whole covers the whole', WHOLE, WHOLE, true],
    ['the whole covers a part', WHOLE, part('--name web'), true],
    ['a part does not cover the whole', part('--name web'), WHOLE, false],
    ['a part covers itself', part('--name web'), part('--name web'), true],
    ['a part does not cover another', part('--name web'), part('--name db'), false],
    ['what did not hold last covers nothing', part('--last-failed'), part('--last-failed'), false],
  ]
for (const [name, base, of, wanted] of CASES) test(name, () => assert.equal(coversPartOf(base, of), wanted))

test('runs of one part are that part together, and of several all of them', () => {
  assert.deepEqual(unitedPart([part('--name a'), part('--name a')]), ['--name a'])
  assert.deepEqual(unitedPart([part('b.feature'), part('a.feature')]), ['a.feature', 'b.feature'])
  assert.equal(unitedPart([part('a.feature'), WHOLE]), undefined)
})
