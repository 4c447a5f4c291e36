import assert from 'node:assert/strict'
import test from 'node:test'
import { canonical, parseVerdict } from './canonical.ts'
import { issue, type Terms } from './issue.ts'
import { good, goodInstalled, goodTarget } from './testing/document.ts'
import type { VerdictDocument } from './verdict.ts'

const NOW = new Date('2026-11-30T20:00:00.999Z')
const TERMS: Terms = { level: 'vm', now: NOW, valid: { ms: 3_600_000 }, notLookedAt: ['one\u001b[2J\nline'] }

/** Without a target, unless one is given. */
function issued(change: Partial<VerdictDocument> = {}): VerdictDocument {
  const { format: _f, level: _l, word: _w, reasons: _r, issued: _i, expires: _e, nonce: _n, ...given } = good()
  return issue({ ...given, target: null, ...change }, TERMS)
}

test('it has a word, a time in which it holds, and a nonce of its own', () => {
  const { word, issued: from, expires, nonce } = issued()
  assert.deepEqual([word, from, expires], ['GO', '2026-11-30T20:00:00Z', '2026-11-30T21:00:00Z'])
  assert.notEqual(issued().nonce, nonce)
})

test('it is read back', () => assert.ok(parseVerdict(canonical(issued()), 'it')))

test('what speaks against it is told', () => {
  const { word, reasons } = issued({ machines: {} })
  assert.deepEqual([word, reasons], ['NO-GO', ['no machine of host t14 was looked at']])
})

test('what the level cannot say is told, and what else was left out', () => {
  const { notLookedAt } = issued()
  for (const words of ['installation', 'partitions and boot loader', 'the machine that is to be wiped', 'used nonces'])
    assert.ok(
      notLookedAt.some(each => each.includes(words)),
      words,
    )
  assert.equal(notLookedAt.at(-1), 'one [2J line')
})

for (const [change, words] of [
  [{ inputs: 'offline' }, 'the real inputs, and the lock'],
  [{ diskScript: null, disks: null }, 'no config.system.build.diskoScript'],
  [{ diskScript: null, disks: {} }, 'names no disk'],
  [{}, 'the disk script: built, and not run'],
] as const)
  test(`not looked at: ${words}`, () => assert.match(issued(change).notLookedAt.join('\n'), new RegExp(words)))

test('of level installed the disk script was run, and the disks were others', () => {
  const { level: _l, format: _f, word: _w, reasons: _r, issued: _i, expires: _e, nonce: _n, ...given } = goodInstalled()
  const { word, level, notLookedAt } = issue({ ...given, target: null }, { ...TERMS, level: 'installed' })
  assert.deepEqual([word, level], ['GO', 'installed'])
  assert.doesNotMatch(notLookedAt.join('\n'), /not run|not installed/)
  for (const words of [/virtual ones stood for them/, /the machine that is to be wiped/])
    assert.match(notLookedAt.join('\n'), words)
})

test('of a target it is told that it was looked at only; a verdict that its wipe spends needs no nonce', () => {
  const { notLookedAt } = issued({ target: goodTarget() })
  assert.match(notLookedAt.join('\n'), /looked at, and not tried/)
  assert.doesNotMatch(notLookedAt.join('\n'), /used nonces|the machine that is to be wiped/)
  const withoutDisks = issued({ disks: null, target: { ...goodTarget(), disks: {} } })
  assert.match(withoutDisks.notLookedAt.join('\n'), /used nonces/)
  const switched = issued({ target: { ...goodTarget(), wiped: false, disks: {} } })
  assert.match(switched.notLookedAt.join('\n'), /the disks of the target/)
})
