import assert from 'node:assert/strict'
import test from 'node:test'
import { readTarget } from '../../target/look.ts'
import type { RunSettings } from '../../world/settings.ts'
import { targetFor } from './gate-target.ts'

const target = readTarget('ssh://root@192.0.2.4', '/srv')
const settings = (more: Partial<RunSettings> = {}): RunSettings => ({
  ...{ projectDir: '/srv', cacheDir: '/srv/cache', offline: false, keep: false, machines: {} },
  ...more,
})

for (const [what, given, asked, found] of [
  ['none that is named anywhere', settings(), undefined, undefined],
  ['that of the configuration', settings({ target }), undefined, target],
  ['that of this host', settings({ target, aboutTarget: { host: 't14' } }), undefined, target],
  ['none that is for another host', settings({ target, aboutTarget: { host: 'db1' } }), undefined, undefined],
  [
    'that of --target, whatever stands in the configuration',
    settings({ target, aboutTarget: { host: 'db1' } }),
    'ssh://x',
    target,
  ],
] as const)
  test(`the target of a host is ${what}`, () => assert.equal(targetFor(given, 't14', asked), found))
