import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken, UsageError } from '../../core/errors.ts'
import { mirrorFromApt, mirrorFromSetting } from './mirror.ts'

const line = (url: string): string => `'${url}' some_file 0 \n`

test('the mirror is the first Debian archive among the sources, whatever stands before it', () => {
  const uris =
    line('https://example.org/node_20.x/dists/nodistro/InRelease') +
    line('http://mirror.example.org/debian-security/dists/bookworm-security/InRelease') +
    line('http://mirror.example.org/debian/dists/bookworm/InRelease') +
    line('http://mirror.example.org/debian/dists/bookworm/main/binary-amd64/Packages.xz')
  assert.equal(mirrorFromApt(uris).url, 'http://mirror.example.org/debian')
})

test('a host without a Debian archive is told which setting to use', () => {
  assert.throws(
    () => mirrorFromApt(line('http://archive.example.org/ubuntu/dists/noble/InRelease')),
    (error: unknown) => error instanceof EnvironmentBroken && error.message.includes('NIXCUMBER_DEBIAN_MIRROR'),
  )
})

test('the setting wins as it is, without a slash at its end', () => {
  assert.equal(mirrorFromSetting('http://localhost:3142/debian/').url, 'http://localhost:3142/debian')
})

test('a setting that would break apt’s source line is refused', () => {
  for (const value of ['localhost', 'http://a b/debian', 'http://a/debian [trusted=yes]'])
    assert.throws(() => mirrorFromSetting(value), UsageError)
})
