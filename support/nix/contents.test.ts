import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { EnvironmentBroken } from '../core/errors.ts'
import { contentsOf } from './contents.ts'

const path = (digit: string): string => `/nix/store/${digit.repeat(32)}-${digit}`
const nar = (letter: string): string => `sha256-${letter.repeat(43)}=`
const CLOSURE = { [path('b')]: { narHash: nar('B'), narSize: 1 }, [path('a')]: { narHash: nar('A'), narSize: 2 } }

test('it is the hash of the sorted lines', () => {
  const lines = `${path('a')} ${nar('A')}\n${path('b')} ${nar('B')}\n`
  assert.equal(contentsOf(path('b'), CLOSURE), `sha256-${createHash('sha256').update(lines).digest('hex')}`)
})

test('every form in which Nix has told it gives the same', () => {
  const list = Object.entries(CLOSURE).map(([name, info]) => ({ path: name, valid: true, ...info }))
  const bare = Object.fromEntries(Object.entries(CLOSURE).map(([name, info]) => [name.slice(11), info]))
  for (const form of [list, list.toReversed(), bare])
    assert.equal(contentsOf(path('b'), form), contentsOf(path('b'), CLOSURE))
})

test('the same paths with other contents are others, and so is one path more', () => {
  const before = contentsOf(path('b'), CLOSURE)
  assert.notEqual(contentsOf(path('b'), { ...CLOSURE, [path('a')]: { narHash: nar('C') } }), before)
  assert.notEqual(contentsOf(path('b'), { ...CLOSURE, [path('c')]: { narHash: nar('C') } }), before)
})

for (const [what, answer] of [
  ['a path that is not there', { ...CLOSURE, [path('a')]: null }],
  ['a path without a hash', { ...CLOSURE, [path('a')]: { narSize: 2 } }],
  ['nothing', {}],
  ['a closure of something else', { [path('a')]: { narHash: nar('A') } }],
  ['no answer', undefined],
] as const)
  test(`${what} could not be checked`, () => assert.throws(() => contentsOf(path('b'), answer), EnvironmentBroken))
