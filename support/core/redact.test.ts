import assert from 'node:assert/strict'
import test from 'node:test'
import { redactor } from './redact.ts'

const clean = redactor({
  NIXCUMBER_PASSWORD_T14: 'hunter"two\\',
  NIXCUMBER_SUDO_PASSWORD_WEB1: 'open sesame',
  NIXCUMBER_PASSWORD_EMPTY: '',
  HCLOUD_TOKEN: 'k3LzdYH2qz2w',
  HOME: '/root',
})

test('a password is taken out of a message, and out of JSON that is quoted in one', () => {
  const body = JSON.stringify({ seen: 'it is hunter"two\\!' })
  assert.equal(clean(JSON.stringify({ text: 'it is hunter"two\\!' })), '{"text":"it is •••!"}')
  assert.equal(clean(JSON.stringify({ body })), String.raw`{"body":"{\"seen\":\"it is •••!\"}"}`)
})

test('so is one for sudo', () => assert.equal(clean('"open sesame"'), '"•••"'))

test('so is the token of a cloud', () => assert.equal(clean('"Bearer k3LzdYH2qz2w"'), '"Bearer •••"'))

test('nothing else is', () => assert.equal(clean('"/root hunter two"'), '"/root hunter two"'))
