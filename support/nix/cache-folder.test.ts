import assert from 'node:assert/strict'
import test from 'node:test'
import { cacheFolder } from './cache-folder.ts'

test('the cache follows XDG_CACHE_HOME only when that is absolute, as the specification says', () => {
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' }), '/var/cache/me/nixcumber')
  assert.match(cacheFolder({ XDG_CACHE_HOME: 'here' }), /\/\.cache\/nixcumber$/)
})
