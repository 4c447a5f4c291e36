import assert from 'node:assert/strict'
import test from 'node:test'
import { readFileName, readPath } from './words.ts'

for (const [said, meant] of [
  ['/etc/nologin/', '/etc/nologin'],
  ['//etc//nologin/.', '/etc/nologin'],
  ['/etc/./nologin/./', '/etc/nologin'],
  ['/', '/'],
  ['//', '/'],
  // where it leads hangs on links
  ['/etc/../etc/nologin', '/etc/../etc/nologin'],
  ['/etc/.nologin', '/etc/.nologin'],
  ['/etc/ /x ', '/etc/ /x '],
] as const)
  test(`${said} is ${meant}`, () => assert.equal(readPath(said), meant))

test('a file of secrets is one in any spelling of its path', () => {
  for (const path of ['/etc/shadow', '/etc//shadow', '/etc/./shadow', '/etc/shadow/', '/tmp/../etc/shadow'])
    assert.ok(readFileName(path, false).secret, path)
  assert.deepEqual(readFileName('/etc/hosts', false), { path: '/etc/hosts', secret: false })
  assert.ok(readFileName('/etc/hosts', true).secret)
})
