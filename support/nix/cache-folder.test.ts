import assert from 'node:assert/strict'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { cacheFolder, ownCacheFolder } from './cache-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'cache-'))
after(() => rmSync(root, { recursive: true, force: true }))
const made = (name: string, mode = 0o755): string => {
  mkdirSync(join(root, name))
  chmodSync(join(root, name), mode)
  return join(root, name)
}

test('it lies where XDG_CACHE_HOME says, when that is an absolute path', () => {
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/x' }), '/x/nixcumber')
  assert.match(cacheFolder({ XDG_CACHE_HOME: 'x' }), /\/\.cache\/nixcumber$/)
})

test('one of our own, one that is not there yet, and one on another disk are taken', () => {
  const own = made('own', 0o775)
  symlinkSync(own, join(root, 'link'))
  for (const folder of [own, join(root, 'none'), join(root, 'link')]) assert.equal(ownCacheFolder(folder), folder)
})

test('one that all may write to is refused', () => {
  assert.throws(
    () => ownCacheFolder(made('open', 0o777)),
    /^EnvironmentBroken: The cache .*open can be changed by other users: nothing is run from there\n.*Got +mode 777\n.*Next +remove it/s,
  )
})

const skip = process.getuid?.() === 0 ? false : 'only root gives folders away'
test('one of another user is refused', { skip }, () => {
  const folder = made('foreign')
  chownSync(folder, 12345, 12345)
  assert.throws(() => ownCacheFolder(folder), /Got +a folder of user 12345's/)
  // also behind a link that is our own
  symlinkSync(folder, join(root, 'foreign-link'))
  assert.throws(() => ownCacheFolder(join(root, 'foreign-link')), /nothing is run from there/)
})
