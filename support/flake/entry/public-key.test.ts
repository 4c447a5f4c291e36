import assert from 'node:assert/strict'
import test from 'node:test'
import { isSameKey, readPublicKey } from './public-key.ts'

const BASE64 = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ0qE5mCvbO2gq0vwbTWSZ6S1gJt0GmbSd6K0JJYqRNH'

const READ = {
  [`ssh-ed25519 ${BASE64} simon@t14`]: ['ssh-ed25519', ''],
  [`ssh-ed25519 ${BASE64}`]: ['ssh-ed25519', ''],
  [`  ssh-rsa\t${BASE64}== a comment with blanks`]: ['ssh-rsa', ''],
  [`sk-ssh-ed25519@openssh.com ${BASE64} x`]: ['sk-ssh-ed25519@openssh.com', ''],
  [`ecdsa-sha2-nistp256 ${BASE64}`]: ['ecdsa-sha2-nistp256', ''],
  [`restrict ssh-ed25519 ${BASE64}`]: ['ssh-ed25519', 'restrict'],
  [`command="echo \\"ssh-ed25519 AAAA\\"",no-pty ssh-ed25519 ${BASE64}`]: [
    'ssh-ed25519',
    'command="echo \\"ssh-ed25519 AAAA\\"",no-pty',
  ],
} as const

for (const [line, [type, options]] of Object.entries(READ))
  test(`read: ${line}`, () => {
    const key = readPublicKey(line)
    assert.deepEqual([key?.type, key?.options], [type, options])
    assert.ok(key?.base64.startsWith(BASE64))
  })

for (const line of [
  '',
  '# ssh-ed25519',
  'ssh-ed25519',
  'ssh-ed25519 not!base64',
  '-----BEGIN OPENSSH PRIVATE KEY-----',
  BASE64,
])
  test(`no key: ${line}`, () => assert.equal(readPublicKey(line), undefined))

test('a key is the same whatever stands around it', () => {
  const key = (line: string) => readPublicKey(line) ?? assert.fail(line)
  assert.ok(isSameKey(key(`ssh-ed25519 ${BASE64} a`), key(`restrict ssh-ed25519 ${BASE64} b`)))
  assert.ok(!isSameKey(key(`ssh-ed25519 ${BASE64} a`), key(`ssh-ed25519 ${BASE64}A a`)))
})
