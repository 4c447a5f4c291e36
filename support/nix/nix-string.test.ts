import assert from 'node:assert/strict'
import test from 'node:test'
import { nixData, nixString } from './nix-string.ts'

test('plain text is quoted', () => assert.equal(nixString('web'), '"web"'))

test('what would end or interpolate the string is escaped', () => {
  assert.equal(nixString('a"b'), '"a\\"b"')
  assert.equal(nixString('${builtins.exec}'), '"\\${builtins.exec}"')
  assert.equal(nixString('a\\'), '"a\\\\"')
  assert.equal(nixString('a\nb\tc\r'), '"a\\nb\\tc\\r"')
})

test('data travels as JSON in one string', () =>
  assert.equal(nixData({ a: ['"'] }), '(builtins.fromJSON "{\\"a\\":[\\"\\\\\\"\\"]}")'))
