import assert from 'node:assert/strict'
import test from 'node:test'
import { canBeNamed, flakeFeature } from './first-files.ts'

test('whatever the name of a host is, its feature is a file in features', () => {
  for (const [host, file] of [
    ['t14', 't14'],
    ['web.example.org', 'web.example.org'],
    ['küche', 'küche'],
    ['a/b', 'a-b'],
    ['../../evil', 'evil'],
    ['-rf', 'rf'],
    ['..', 'host'],
  ] as const) {
    const { file: path, text } = flakeFeature(host)
    assert.equal(path, `features/${file}.feature`)
    assert.ok(text.includes(`machine "${host}" is running`))
  }
  assert.equal(flakeFeature(undefined).file, 'features/flake.feature')
})

test('a name that no sentence can hold is none to begin with', () => {
  for (const host of ['', 'a"b', 'a\\b', 'x\n  When I run "reboot"', 'a\tb']) assert.ok(!canBeNamed(host), host)
  for (const host of ['t14', "it's ok", 'two words', '../../evil']) assert.ok(canBeNamed(host), host)
})
