import assert from 'node:assert/strict'
import test from 'node:test'
import { UsageError } from '../core/errors.ts'
import { parseAttrPath, showAttrPath } from './attr-path.ts'

const good: readonly (readonly [string, readonly string[]])[] = [
  ['a', ['a']],
  ['networking.hostName', ['networking', 'hostName']],
  ['services.nginx.virtualHosts."a.b".root', ['services', 'nginx', 'virtualHosts', 'a.b', 'root']],
  ['boot.kernel.sysctl."vm.swappiness"', ['boot', 'kernel', 'sysctl', 'vm.swappiness']],
  ["a-b._c.d'", ['a-b', '_c', "d'"]],
  ['x."a\\"b\\\\c"', ['x', 'a"b\\c']],
  ['x.""', ['x', '']],
]

for (const [text, path] of good) {
  test(`${text} is read and written again`, () => {
    assert.deepEqual(parseAttrPath(text), path)
    assert.deepEqual(parseAttrPath(showAttrPath(path)), path)
  })
}

for (const text of [
  '',
  'a.',
  '.a',
  'a..b',
  'a b',
  'a."b',
  'a; builtins.abort "x"',
  'a.${b}',
  'a."${b}"',
  'a)b',
  'a\nb',
])
  test(`${JSON.stringify(text)} is refused`, () => assert.throws(() => parseAttrPath(text), UsageError))
