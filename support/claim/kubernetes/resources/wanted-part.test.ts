import assert from 'node:assert/strict'
import test from 'node:test'
import { readPart } from './wanted-part.ts'

test('fields without fields say that they are there', () => {
  assert.deepEqual(readPart('spec: {volumes: [{emptyDir: {}}]}'), { spec: { volumes: [{ emptyDir: {} }] } })
})

for (const [what, text, says] of [
  ['nothing', '', /no part of a resource/],
  ['a remark', '# spec: 1', /no part of a resource/],
  ['a list', '- a', /no part of a resource/],
  ['a word', 'spec', /no part of a resource/],
  ['two documents', 'a: 1\n---\nb: 2', /no part of a resource/],
  ['no field', '{}', /the text is without fields/],
  ['a field without a value', 'spec:\n  replicas:', /spec\.replicas is without a value/],
  ['an empty list', 'spec: {ports: [{a: []}]}', /spec\.ports\.0\.a is without an element/],
  ['no YAML', 'a: [', /below the sentence is no YAML/],
] as const)
  test(`${what} is refused`, () => assert.throws(() => readPart(text), { name: 'UsageError', message: says }))
