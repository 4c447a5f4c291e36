import assert from 'node:assert/strict'
import test from 'node:test'
import { golden } from '../core/testing/golden.ts'
import { verdictPage, verifiedJson, verifiedPage } from './page.ts'
import { good } from './testing/document.ts'

const DIFFERENCES = [
  { what: 'revision', expected: '1', found: '2 with changes' },
  { what: 'level', expected: 'installed', found: 'vm: no GO for a wipe (--level vm accepts it)' },
]
const NO_GO = {
  ...good(),
  ...{ word: 'NO-GO' as const, reasons: ['1 scenario did not hold', 'the flake has changes'] },
  ...{ diskScript: null, disks: null, bootLoaders: [], signer: null, target: null, installer: null },
}

test('the page of a GO says how far it reaches, and what it binds', () =>
  golden('gate-go.txt', `${verdictPage(good(), 't14.verdict.json')}\n`))

test('that of a NO-GO says why', () => golden('gate-no-go.txt', `${verdictPage(NO_GO, 't14.verdict.json')}\n`))

test('what differs and what could not be looked at are told', () => {
  const found = { differences: DIFFERENCES, unchecked: ['contents of the system: the path is gone'] }
  golden('verify-differences.txt', `${verifiedPage(found, 't14.verdict.json', good())}\n`)
  assert.deepEqual(JSON.parse(verifiedJson(found, 1, good())), {
    ...{
      holds: false,
      exitCode: 1,
      word: 'GO',
      level: 'vm',
      host: 't14',
      expires: good().expires,
      target: good().target,
    },
    ...found,
  })
})

test('what holds is told with its limits', () =>
  golden('verify-holds.txt', `${verifiedPage({ differences: [], unchecked: [] }, 't14.verdict.json', good())}\n`))

test('nothing is told of a document that cannot be trusted', () => {
  const found = { differences: [{ what: 'signature', expected: 'good', found: 'none' }], unchecked: [] }
  assert.doesNotMatch(verifiedPage(found, 'it'), /t14|GO/)
  assert.deepEqual(Object.keys(JSON.parse(verifiedJson(found, 1))), ['holds', 'exitCode', 'differences', 'unchecked'])
})

test('what could not be looked at is no yes', () =>
  assert.match(
    verifiedPage({ differences: [], unchecked: ['flake: no Nix'] }, 'it', good()),
    /^COULD NOT CHECK {2}it\n/,
  ))
