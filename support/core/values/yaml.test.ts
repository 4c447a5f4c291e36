import assert from 'node:assert/strict'
import test from 'node:test'
import { readYaml } from './yaml.ts'

const read = (text: string) => readYaml(text, 'The text')

for (const [text, value] of [
  ['a: 0644', { a: 420 }],
  ['a: yes', { a: true }],
  ['a: "yes"', { a: 'yes' }],
  ['a: 1:30', { a: '1:30' }],
  ['a: 2020-01-01T00:00:00Z', { a: '2020-01-01T00:00:00Z' }],
  ['a: 100m', { a: '100m' }],
  ['a: 1.5', { a: 1.5 }],
  ['a:', { a: null }],
  ['8080: x', { 8080: 'x' }],
  ['{"a": [1, "1"]}', { a: [1, '1'] }],
  ['a: &x {b: 1}\nc: {<<: *x, d: 2}', { a: { b: 1 }, c: { b: 1, d: 2 } }],
  ['__proto__: {a: 1}', JSON.parse('{"__proto__": {"a": 1}}')],
] as const)
  test(`${text} is what kubectl reads`, () => assert.deepEqual(read(text), [value]))

test('documents are told apart, and empty ones are none', () => {
  assert.deepEqual(read('---\n---\na: 1\n---\n# nothing\n---\nb: 2\n'), [{ a: 1 }, { b: 2 }])
  assert.deepEqual(read(''), [])
})

const BOMB = [
  'a: &a [1,1,1,1,1,1,1,1]',
  ...'bcdefg'.split('').map((key, at) => {
    const before = 'abcdef'[at]
    return `${key}: &${key} [${Array(8).fill(`*${before}`)}]`
  }),
].join('\n')

for (const [what, text, says] of [
  ['a list without an end', 'password: [', /^The text is no YAML: Flow sequence .* at line 1, column 12/],
  ['a field that stands twice', 'a: 1\na: 2', /unique at line 2, column 1/],
  ['an alias of nothing', 'a: *x', /Unresolved alias/],
  ['a tag', 'a: !env SECRET', /Unresolved tag/],
  ['bytes', 'a: !!binary aGk=', /Unresolved tag/],
  ['a number that would be rounded', 'a: 12345678901234567890', /too large/],
  ['more and more aliases', BOMB, /alias count/],
] as const)
  test(`${what} is refused`, () => assert.throws(() => read(text), { name: 'UsageError', message: says }))

test('a refusal shows nothing of the text', () => {
  assert.throws(
    () => read('password: "hunter2'),
    ({ message }: Error) => !message.includes('hunter2'),
  )
})
