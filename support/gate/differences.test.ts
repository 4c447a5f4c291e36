import assert from 'node:assert/strict'
import test from 'node:test'
import type { BoundSystem } from '../flake/subject.ts'
import type { BoundFlake } from './binding.ts'
import type { Difference } from './difference.ts'
import { ofContents, ofDocument, ofFeatures, ofFlake, ofInstaller, ofSystem, type Wanted } from './differences.ts'
import { ofTarget } from './target/target-differences.ts'
import { good, goodInstalled, goodTarget, seenTarget } from './testing/document.ts'
import type { VerdictDocument } from './verdict.ts'

const GOOD = good()
const WANTED: Wanted = {
  now: new Date('2026-11-30T21:00:00Z'),
  host: 't14',
  level: 'vm',
  offline: false,
  target: true,
  fingerprint: GOOD.signer ?? '',
}
const flakeNow = ({ flake }: VerdictDocument): BoundFlake => {
  const { dirtyAllowed: _allowed, importFromDerivation: _ifd, ...now } = flake
  return now
}
const systemNow = ({ toplevel, diskScript, bootLoaders, disks }: VerdictDocument): BoundSystem => ({
  toplevel,
  diskScript,
  bootLoaders,
  disks,
})

/** All that can be held against a world in which the good one was issued. */
const all = (document: VerdictDocument): Difference[] => [
  ...ofDocument(document, WANTED),
  ...ofFlake(document, flakeNow(GOOD)),
  ...ofSystem(document, systemNow(GOOD)),
  ...ofContents('system', document.toplevel.contents, GOOD.toplevel.contents),
  ...ofContents('disk script', document.diskScript?.contents ?? '', GOOD.diskScript?.contents ?? ''),
  ...ofInstaller(document, GOOD.installer ?? ''),
  ...ofFeatures(document, GOOD.features),
  ...ofTargets(document),
]

function ofTargets({ target }: VerdictDocument): Difference[] {
  if (target === null) return []
  const { differences, unchecked } = ofTarget(target, seenTarget())
  return [...differences, ...unchecked.map(found => ({ what: 'unchecked', expected: '', found }))]
}

test('where nothing has changed there is no difference', () => assert.deepEqual(all(good()), []))

type Place = readonly string[]
const leaves = (value: unknown, at: Place = []): Place[] =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...at, key]))
    : [at]

function withOther(document: VerdictDocument, place: Place): VerdictDocument {
  const last = place.at(-1) ?? ''
  const parent = place.slice(0, -1).reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document)
  const record = parent as Record<string, unknown>
  record[last] = other(record[last])
  return document
}

function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return ['another']
  return value === null ? 'another' : `${value}0`
}

/** Nothing of the world now tells them: only the signature keeps them as they are. */
const BY_SIGNATURE_ALONE = [
  ...[/^format$/, /^notLookedAt\./, /^features\.hash$/, /^results\.(?:digest|counts\.held)$/, /^nonce$/],
  ...[/^flake\.(?:reference|dirtyRevision|dirtyAllowed|importFromDerivation)$/, /^versions\./],
  ...[/^machines\.t14\.(?:accelerator|differences)/, /^target\.(?:address|facts|disks\.main\.path)$/],
  ...[/^target\.preflight\.0\.(?:what|said)$/],
]

test('whatever else is changed in a good verdict is found', () => {
  let walked = 0
  for (const place of leaves(good())) {
    const name = place.join('.')
    if (BY_SIGNATURE_ALONE.some(pattern => pattern.test(name))) continue
    walked += 1
    if (name === 'issued') continue
    const found =
      name === 'expires' ? all({ ...good(), expires: '2026-11-30T20:59:59Z' }) : all(withOther(good(), place))
    assert.notDeepEqual(found, [], `${name} may be anything`)
  }
  assert.ok(walked > 30, `${walked} places`)
})

const document = (change: Partial<VerdictDocument>): VerdictDocument => ({ ...good(), ...change })
const wants = (change: Partial<Wanted>) => (of: VerdictDocument) => ofDocument(of, { ...WANTED, ...change })

for (const [what, found, words] of [
  ['another host', wants({ host: 'db1' })(good()), 'host db1 t14'],
  ['a key that was not to sign it', wants({ fingerprint: 'SHA256:x' })(good()), `signer ${GOOD.signer} SHA256:x`],
  ['expired', wants({ now: new Date(GOOD.expires) })(good()), `expiry after 2026-12-01T20:00:00.000Z ${GOOD.expires}`],
  ['of the future', wants({ now: new Date('2026-11-30T19:54:59Z') })(good()), /^issued not after .* 2026-11-30T20/],
  ['over before it began', wants({})(document({ expires: GOOD.issued })), /expiry after 2026-11-30T20:00:00Z/],
  ['a level that was not asked for', wants({ level: undefined })(good()), /level installed vm: no GO for a wipe/],
  [
    'a level of which it is not, in words',
    wants({ level: undefined })({ ...goodInstalled(), level: 'vm' }),
    /level installed vm/,
  ],
  ['a rehearsal', wants({})(document({ inputs: 'offline' })), /inputs real offline/],
  ['a rehearsal that was to be real', wants({ offline: true })(good()), /inputs offline real/],
  [
    'a target, of a verdict that has none',
    wants({})(document({ target: null })),
    'target a verdict that is bound to one none: it was judged without --target',
  ],
  [
    'a target that is only switched',
    wants({})(document({ target: { ...goodTarget(), wiped: false } })),
    'target judged as one that is wiped judged as one that is switched: its disks were not looked at',
  ],
  ['a NO-GO', wants({})(document({ word: 'NO-GO', reasons: ['x'] })), /reasons against it none x/],
  ['a NO-GO without a reason', wants({})(document({ word: 'NO-GO' })), /word, by what it binds GO NO-GO/],
  ['a GO with a reason against it', wants({})(document({ reasons: ['x'] })), /reasons against it none x/],
  [
    'a GO of what did not hold',
    wants({})(document({ results: { ...GOOD.results, counts: { ...GOOD.results.counts, failed: 1 } } })),
    /word, by what it binds NO-GO GO.*1 scenario did not hold/s,
  ],
  [
    'a tree with changes',
    ofFlake(good(), { ...flakeNow(GOOD), revision: null, dirtyRevision: 'abc' }),
    `revision ${GOOD.flake.revision} abc with changes`,
  ],
  [
    'no lock any more',
    ofFlake(good(), { ...flakeNow(GOOD), lock: null }),
    `sha256 of flake.lock ${GOOD.flake.lock} none`,
  ],
  ['no disk script any more', ofSystem(good(), { ...systemNow(GOOD), diskScript: null }), /disk script .* none/],
  [
    'one disk more',
    ofSystem(good(), { ...systemNow(GOOD), disks: { ...GOOD.disks, b: '/dev/b' } }),
    'disk b none /dev/b',
  ],
  ['another disk', ofSystem(good(), { ...systemNow(GOOD), disks: { main: '/dev/b' } }), /disk main .* \/dev\/b/],
  [
    'a feature more',
    ofFeatures(good(), { ...GOOD.features, files: { ...GOOD.features.files, 'b.feature': 'x' } }),
    'file b.feature none x',
  ],
  ['a feature less', ofFeatures(good(), { ...GOOD.features, files: {} }), /file features\/t14.feature sha256-.* none/],
  [
    'other tags',
    ofFeatures(good(), { ...GOOD.features, tags: 'not @slow' }),
    /tags of the configuration none not @slow/,
  ],
] as const)
  test(`${what} is found`, () => {
    const lines = found.map(each => `${each.what} ${each.expected} ${each.found}`).join('\n')
    if (typeof words === 'string') assert.equal(lines, words)
    else assert.match(lines, words)
  })

for (const [what, found] of [
  ['a clock that goes 5 minutes behind', wants({ now: new Date('2026-11-30T19:55:00Z') })(good())],
  ['a second before the end', wants({ now: new Date('2026-12-01T19:59:59Z') })(good())],
  ['a host that was not asked for', wants({ host: undefined })(good())],
  ['no target, of a verdict that has none', wants({ target: false })(document({ target: null }))],
  [
    'the same flake at another place, where Nix makes another fingerprint of it',
    ofFlake(good(), { ...flakeNow(GOOD), reference: 'github:x/y', fingerprint: 'f' }),
  ],
  [
    'a tree that was judged with its changes, by its narHash',
    ofFlake({ ...good(), flake: { ...GOOD.flake, revision: null, dirtyAllowed: true } }, flakeNow(GOOD)),
  ],
] as const)
  test(`${what} is no difference`, () => assert.deepEqual(found, []))

test('what was installed is good for a wipe, and for what asks for less', () => {
  for (const level of [undefined, 'vm'] as const) assert.deepEqual(wants({ level })(goodInstalled()), [])
})
