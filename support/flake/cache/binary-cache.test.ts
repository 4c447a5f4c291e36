import assert from 'node:assert/strict'
import test from 'node:test'
import { UsageError } from '../../core/errors.ts'
import { isElsewhere, keyName, readBinaryCache } from './binary-cache.ts'

const KEY = `home-1:${'A'.repeat(43)}=`

test('addresses that Nix takes for a binary cache', () => {
  for (const [url, elsewhere] of [
    ['https://cache.example.org/attic', true],
    ['http://10.0.0.1:5000', true],
    ['s3://bucket?region=eu-west-1&endpoint=minio.example.org', true],
    ['http://localhost:8080/x', false],
    ['http://127.0.0.1:8080', false],
    ['http://[::1]:8080', false],
    ['file:///srv/cache', false],
    ['http://localhost.example.org', true],
  ] as const) {
    const cache = readBinaryCache(url, KEY)
    assert.deepEqual([cache.url, isElsewhere(cache), keyName(cache)], [url, elsewhere, 'home-1'])
  }
})

const REFUSED = {
  'no address': ['cache.example.org', KEY, /is no binary cache/],
  empty: ['', KEY, /is no binary cache/],
  'a store that is no cache': ['ssh://host', KEY, /is no binary cache/],
  "the computer's own store": ['daemon', KEY, /is no binary cache/],
  'a folder of another computer': ['file://nas/cache', KEY, /is no binary cache/],
  'no folder': ['file:///', KEY, /is no binary cache/],
  'no bucket': ['s3:///x', KEY, /is no binary cache/],
  'a password': ['https://simon:geheim@cache.example.org', KEY, /has a name or a password/],
  'what makes all of it trusted': ['https://cache.example.org?trusted=1', KEY, /not understood: trusted/],
  'a key to sign with': ['file:///srv/cache?secret-key=/root/key', KEY, /not understood: secret-key/],
  'a fragment': ['https://cache.example.org#x', KEY, /not understood: #x/],
  'a key without a name': ['https://cache.example.org', `:${'A'.repeat(43)}=`, /is no public key/],
  'a secret key': ['https://cache.example.org', `home-1:${'A'.repeat(86)}==`, /is no public key/],
  'two keys': ['https://cache.example.org', `${KEY} ${KEY}`, /is no public key/],
  'no key': ['https://cache.example.org', '', /is no public key/],
} as const

for (const [what, [url, key, pattern]] of Object.entries(REFUSED))
  test(`refused before anything is built: ${what}`, () =>
    assert.throws(
      () => readBinaryCache(url, key),
      (error: unknown) =>
        error instanceof UsageError && pattern.test(error.message) && !/geheim|A{43}/.test(error.message),
    ))
