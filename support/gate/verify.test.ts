import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationBroken, EnvironmentBroken, UsageError } from '../core/errors.ts'
import { good, seenTarget } from './testing/document.ts'
import { type Anew, exitCodeOf, verifyAnew } from './verify.ts'

const GOOD = good()
const { dirtyAllowed: _allowed, importFromDerivation: _ifd, ...flake } = GOOD.flake
const AS_BEFORE: Anew = {
  flake: async () => flake,
  system: async () => GOOD,
  contents: async path => (path === GOOD.toplevel.path ? GOOD.toplevel : GOOD.diskScript)?.contents ?? '',
  features: () => GOOD.features,
  target: async () => seenTarget(),
  installer: async () => GOOD.installer ?? '',
}
const gone = new EnvironmentBroken('the path is gone')

const LOOKS: readonly (readonly [string, Partial<Anew>, 0 | 1 | 3, RegExp])[] = [
  ['what is as it was', {}, 0, /^$/],
  ['another revision', { flake: async () => ({ ...flake, revision: '2'.repeat(40) }) }, 1, /^revision/],
  ['other contents', { contents: async () => 'sha256-x' }, 1, /^contents of the system\ncontents of the disk script$/],
  [
    'other contents of one',
    { contents: async path => (path === GOOD.toplevel.path ? GOOD.toplevel.contents : '') },
    1,
    /^contents of the disk script$/,
  ],
  ['other features', { features: () => ({ files: {}, tags: null }) }, 1, /^file features/],
  [
    'a lock that would change',
    { system: async () => Promise.reject(new ConfigurationBroken('requires lock file changes')) },
    1,
    /^system$/,
  ],
  [
    'a host that is gone',
    { system: async () => Promise.reject(new UsageError('There is no host "t14"')) },
    1,
    /^system$/,
  ],
  [
    'a path that is gone',
    { contents: async () => Promise.reject(gone) },
    3,
    /^contents of the system: the path is gone/,
  ],
  ['a dead network', { flake: async () => Promise.reject(gone) }, 3, /^flake: the path is gone$/],
  ['no Nix', { system: async () => Promise.reject(gone) }, 3, /^system: the path is gone$/],
  ['a target out of reach', { target: async () => Promise.reject(gone) }, 3, /^target: the path is gone$/],
  ['another computer', { target: async () => seenTarget({ uuid: 'ff' }) }, 1, /^UUID of the target$/],
  [
    'a target whose firmware is not to be seen',
    { target: async () => seenTarget({ firmware: null }) },
    3,
    /^firmware of the target: not seen$/,
  ],
  [
    'features that cannot be read',
    {
      features: () => {
        throw gone
      },
    },
    3,
    /^features: /,
  ],
  [
    'a dead network, and other features',
    { flake: async () => Promise.reject(gone), features: () => ({ files: {}, tags: null }) },
    1,
    /^file features.*\nflake: /,
  ],
]
for (const [what, change, exitCode, words] of LOOKS)
  test(`${what}: ${exitCode}`, async () => {
    const found = await verifyAnew(good(), { ...AS_BEFORE, ...change })
    assert.equal(exitCodeOf(found), exitCode)
    assert.match([...found.differences.map(each => each.what), ...found.unchecked].join('\n'), words)
  })

test('our own mistake is none of the verdict', () =>
  assert.rejects(
    verifyAnew(good(), { ...AS_BEFORE, system: async () => Promise.reject(new TypeError('x')) }),
    TypeError,
  ))

test('contents of another system are not asked for', async () => {
  const asked: string[] = []
  const other = { ...GOOD, toplevel: { ...GOOD.toplevel, path: `${GOOD.toplevel.path}-other` } }
  const contents = async (path: string) => String(asked.push(path))
  const found = await verifyAnew(good(), { ...AS_BEFORE, system: async () => other, contents })
  assert.deepEqual([asked, found.differences.map(({ what }) => what)], [[], ['system']])
})

test('a verdict of a target is no yes where the target is not looked at', async () => {
  const { target: _target, ...unseen } = AS_BEFORE
  const found = await verifyAnew(good(), unseen)
  assert.deepEqual(
    [found.differences, found.unchecked],
    [[], ['target: not looked at: --target ssh://root@198.51.100.7']],
  )
})

test('a verdict of none needs none', async () => {
  const { target: _target, ...unseen } = AS_BEFORE
  assert.equal(exitCodeOf(await verifyAnew({ ...good(), target: null }, unseen)), 0)
})

const TARBALL = `sha256-${'a'.repeat(64)}`
for (const [bound, now, exitCode] of [
  [TARBALL, TARBALL, 0],
  [TARBALL, `sha256-${'b'.repeat(64)}`, 1],
  [TARBALL, undefined, 3],
  [null, TARBALL, 1],
  [null, undefined, 0],
] as const)
  test(`an installer that is bound as ${bound?.slice(0, 8) ?? 'none'} and found as ${now?.slice(0, 8) ?? 'none'}: ${exitCode}`, async () => {
    const { installer: _asBefore, ...rest } = AS_BEFORE
    const anew = now === undefined ? rest : { ...rest, installer: async () => now }
    assert.equal(exitCodeOf(await verifyAnew({ ...good(), installer: bound }, anew)), exitCode)
  })
