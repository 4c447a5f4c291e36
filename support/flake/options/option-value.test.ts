import assert from 'node:assert/strict'
import test from 'node:test'
import { isOptionValue, type OptionValue, optionValueSchema, showOptionValue } from './option-value.ts'

const hello = { package: { name: 'hello-2.12', pname: 'hello', path: '/nix/store/x-hello-2.12' } } as const

const same: readonly (readonly [OptionValue, string])[] = [
  [true, 'true'],
  ['true', 'true'],
  ['t14', 't14'],
  ['t14', '"t14"'],
  ['', ''],
  [12, '12'],
  [12, '12.0'],
  [null, 'null'],
  [[22, 80], '[22,80]'],
  [[22, 80], '[ 22, 80 ]'],
  [['a', 'b'], '["a","b"]'],
  [{ set: { a: 1, b: { set: {} } } }, '{"b":{},"a":1}'],
  [hello, 'hello'],
  [hello, 'hello-2.12'],
  [hello, '/nix/store/x-hello-2.12'],
  [[hello], '["hello"]'],
  [{ path: '/nix/store/y-source/a' }, '/nix/store/y-source/a'],
]
for (const [value, wanted] of same)
  test(`${JSON.stringify(value)} is ${JSON.stringify(wanted)}`, () => assert.ok(isOptionValue(value, wanted)))

const different: readonly (readonly [OptionValue, string])[] = [
  [true, '"true"'],
  [true, 'yes'],
  [true, 'True'],
  ['t14', 't1'],
  [12, '"12"'],
  [12, '13'],
  [null, ''],
  [[22, 80], '[80,22]'],
  [[22, 80], '[22]'],
  [[22, 80], '22,80'],
  [{ set: { a: 1 } }, '{"a":1,"b":2}'],
  [{ set: { a: 1, b: 2 } }, '{"a":1}'],
  [{ set: { path: '/x' } }, '/x'],
  [hello, 'hell'],
  [{ function: true }, 'true'],
  [{ failed: true }, 'true'],
]
for (const [value, wanted] of different)
  test(`${JSON.stringify(value)} is not ${JSON.stringify(wanted)}`, () => assert.ok(!isOptionValue(value, wanted)))

test('values are shown as a feature would write them', () => {
  assert.equal(showOptionValue('t14'), 't14')
  assert.equal(showOptionValue([22, 80]), '[22,80]')
  assert.equal(showOptionValue({ set: { a: hello } }), '{"a":"hello-2.12"}')
})

test('what Nix answers is read strictly', () => {
  assert.deepEqual(optionValueSchema.parse({ set: { package: 1 } }), { set: { package: 1 } })
  assert.throws(() => optionValueSchema.parse({ unknown: 1 }))
})
