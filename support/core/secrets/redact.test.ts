import assert from 'node:assert/strict'
import test from 'node:test'
import { redactor, withoutUrlSecrets } from './redact.ts'

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

const ADDRESSES: readonly (readonly [given: string, wanted: string])[] = [
  ['git+https://anna:s3cret@git.example/flake?ref=main', 'git+https://•••@git.example/flake?ref=main'],
  ['https://ghp_token@github.com/me/flake', 'https://•••@github.com/me/flake'],
  [
    'tarball+https://x/flake.tar.gz?a=1&private_token=abc&b=2',
    'tarball+https://x/flake.tar.gz?a=1&private_token=•••&b=2',
  ],
  ['https://x/?TOKEN=abc', 'https://x/?TOKEN=•••'],
  ['ssh://root:pass@host/flake', 'ssh://root:•••@host/flake'],
  ['ssh://root@host:22?identity=/root/.ssh/id', 'ssh://root@host:22?identity=/root/.ssh/id'],
  ['github:me/flake?ref=main&narHash=sha256-AAAA', 'github:me/flake?ref=main&narHash=sha256-AAAA'],
  ['mail me@example.org, see https://x/@scope/y', 'mail me@example.org, see https://x/@scope/y'],
]
for (const [given, wanted] of ADDRESSES)
  test(`secrets in addresses: ${wanted}`, () => {
    assert.equal(withoutUrlSecrets(given), wanted)
    assert.deepEqual(JSON.parse(clean(JSON.stringify({ body: JSON.stringify({ given }) }))), {
      body: JSON.stringify({ given: wanted }),
    })
  })

test('a long line without an address is read once, not from each of its letters on', () => {
  for (const piece of ['a', 'a:', 'a.', '?a', '&token', 'https:/', 'x://a:', '@'])
    assert.equal(typeof withoutUrlSecrets(piece.repeat(400_000)), 'string', piece)
})
