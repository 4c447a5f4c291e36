import assert from 'node:assert/strict'
import test from 'node:test'
import { cacheFolder } from './cache-folder.ts'
import { isAtLeast } from './find-toolchain.ts'

test('versions are compared by number, not by letter', () => {
  assert.ok(isAtLeast('2.18', [2, 18]))
  assert.ok(isAtLeast('2.26.3', [2, 18]))
  assert.ok(isAtLeast('10.0.13', [9, 0]))
  assert.ok(!isAtLeast('2.8.0', [2, 18]))
  assert.ok(!isAtLeast('7.2.22', [9, 0]))
})

test('the cache follows XDG_CACHE_HOME only when that is absolute, as the specification says', () => {
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' }), '/var/cache/me/nixcumber')
  assert.match(cacheFolder({ XDG_CACHE_HOME: 'here' }), /\/\.cache\/nixcumber$/)
})
