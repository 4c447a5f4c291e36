import assert from 'node:assert/strict'
import test from 'node:test'
import { maskFromNowOn, secretTexts } from './handed-secrets.ts'
import { redactor, withoutHanded } from './redact.ts'

const texts = (content: string): string[] => secretTexts(Buffer.from(content))

test('each line of a key is a secret, its marks and remarks are not', () =>
  assert.deepEqual(texts('# created: today\n-----BEGIN KEY-----\nb3BlbnNzaC1r\r\n\nZXktdjEA\n-----END KEY-----\n'), [
    'b3BlbnNzaC1r',
    'ZXktdjEA',
  ]))

test('so is what stands behind a name', () => {
  assert.deepEqual(texts('API_TOKEN="hunter two"\nexport PIN_CODE=123456\n'), [
    'API_TOKEN="hunter two"',
    'hunter two',
    'export PIN_CODE=123456',
    '123456',
  ])
  assert.deepEqual(texts('{\n  "password": "hunter two",\n}\n'), ['"password": "hunter two",', 'hunter two'])
})

test('a single line is one, whatever it looks like', () => assert.deepEqual(texts('# hunter two\n'), ['# hunter two']))

test('what is too short to be told from other text is none', () => assert.deepEqual(texts('12345\n'), []))

maskFromNowOn(texts('say "friend" and\\enter'))
maskFromNowOn(texts('location'))
const redact = redactor({})

test('it is masked in text, in JSON, and in JSON that is quoted in JSON', () => {
  const said = 'it is say "friend" and\\enter!'
  assert.equal(withoutHanded(said), 'it is •••!')
  assert.equal(redact(JSON.stringify({ text: said })), '{"text":"it is •••!"}')
  const quoted = JSON.stringify({ body: JSON.stringify({ seen: said }) })
  assert.equal(redact(quoted), String.raw`{"body":"{\"seen\":\"it is •••!\"}"}`)
})

test('one that is a word of our own JSON does not break it', () =>
  assert.equal(redact('{"location":{"line":1},"text":"at location"}'), '{"location":{"line":1},"text":"at •••"}'))

test('nothing else is', () => assert.equal(redact('{"text":"say friend"}'), '{"text":"say friend"}'))
