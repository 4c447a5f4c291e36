import assert from 'node:assert/strict'
import test from 'node:test'
import { judge } from './judge.ts'
import { good, goodInstalled } from './testing/document.ts'
import { type Evidence, REHEARSAL, type VerdictDocument, type Word } from './verdict.ts'

type Change = (document: VerdictDocument) => void

function evidence(change: Change, document = good()): Evidence {
  change(document)
  const { word: _word, reasons: _reasons, ...rest } = document
  return rest
}

test('what is good is a GO, without a reason against it', () =>
  assert.deepEqual(judge(evidence(() => {})), { word: 'GO', reasons: [] }))

test('with offline inputs it is a rehearsal, which is another word', () => {
  const { word } = judge(evidence(document => Object.assign(document, { inputs: 'offline' })))
  assert.equal(word, REHEARSAL)
  assert.notEqual(word, 'GO')
})

test('a tree with changes that was asked for is no reason', () => {
  const dirty = { revision: null, dirtyRevision: '1'.repeat(40), dirtyAllowed: true }
  assert.equal(judge(evidence(({ flake }) => Object.assign(flake, dirty))).word, 'GO')
})

const OTHER = `/nix/store/${'b'.repeat(32)}-nixos-system-t14`
const machine =
  (change: object): Change =>
  ({ machines }) =>
    Object.assign(machines.t14 ?? {}, change)
const counts =
  (change: object): Change =>
  ({ results }) =>
    Object.assign(results.counts, change)
const ended =
  (exitCode: number, change: object): Change =>
  document => {
    document.results.exitCode = exitCode
    counts(change)(document)
  }
const flake =
  (change: object): Change =>
  document =>
    Object.assign(document.flake, change)

const AGAINST: readonly (readonly [string, Change, Word, RegExp])[] = [
  ['a tree with changes', flake({ revision: null, dirtyRevision: 'x' }), 'NO-GO', /the flake has changes/],
  ['no version control', flake({ revision: null }), 'NO-GO', /under no version control/],
  ['an unlocked input', flake({ unlocked: ['nixpkgs'] }), 'NO-GO', /input nixpkgs is not locked/],
  ['no scenario', counts({ held: 0 }), 'NO-GO', /no scenario is about host t14/],
  ['one that did not hold', ended(1, { failed: 1 }), 'NO-GO', /1 scenario did not hold/],
  ['one that was refused', ended(2, { refused: 2 }), 'NO-GO', /2 scenarios refused/],
  ['one that was left out', ended(3, { skipped: 1 }), 'NO-GO', /1 scenario left out/],
  ['a second try', ({ results }) => results.flaky.push('boots'), 'NO-GO', /second try only: boots/],
  ['a waiver', ({ results }) => results.waived.push('boots'), 'NO-GO', /waived by the configuration: boots/],
  ['a run that says 1, and not why', ended(1, {}), 'NO-GO', /the run ended with 1/],
  ['no machine', document => Object.assign(document, { machines: {} }), 'NO-GO', /no machine of host t14/],
  ['a live host', machine({ driver: 'ssh' }), 'NO-GO', /no virtual machine of host t14: ssh/],
  ['a machine that is of nothing', machine({ toplevels: [] }), 'NO-GO', /did not say which system/],
  ['another system', machine({ toplevels: [OTHER] }), 'NO-GO', /another system than the one that is bound/],
  ['another system besides', ({ machines }) => machines.t14?.toplevels.push(OTHER), 'NO-GO', /another system/],
  ['an error', ended(3, { error: 1 }), 'COULD NOT CHECK', /1 scenario could not be checked/],
  ['an error that the run has not told', counts({ error: 1 }), 'COULD NOT CHECK', /could not be checked/],
  ['one that came to no end', ended(130, { unfinished: 1 }), 'COULD NOT CHECK', /1 scenario not finished/],
  ['a run that was stopped', ended(130, {}), 'COULD NOT CHECK', /the run ended with 130/],
  ['an error, and one that did not hold', ended(1, { error: 1, failed: 1 }), 'NO-GO', /did not hold/],
]
const target =
  (change: object): Change =>
  document =>
    Object.assign(document.target ?? {}, change)
const disk =
  (change: object): Change =>
  document =>
    Object.assign(document.target?.disks.main ?? {}, change)
const judged = (outcome: string) => target({ preflight: [{ what: 'boot mode', outcome, said: 'by BIOS' }] })
const OF_TARGET: typeof AGAINST = [
  ['a target that does not boot so', judged('not held'), 'NO-GO', /^the target: boot mode: by BIOS$/],
  ['one of which that is not known', judged('unknown'), 'COULD NOT CHECK', /^the target: boot mode: by BIOS$/],
  ['one of an outcome that there is not', judged('fine'), 'COULD NOT CHECK', /^the target: boot mode/],
  ['one that was not judged', target({ preflight: [] }), 'COULD NOT CHECK', /nothing of the target was judged/],
  ['an architecture that is not known', target({ architecture: null }), 'COULD NOT CHECK', /^the architecture/],
  ['a firmware that is not known', target({ firmware: null }), 'COULD NOT CHECK', /^the firmware/],
  ['a disk that was not seen', target({ disks: {} }), 'COULD NOT CHECK', /^disk main, \S+, is not bound/],
  ['a disk of another name', disk({ device: '/dev/sdb' }), 'COULD NOT CHECK', /^disk main, \S+, is not bound/],
  [
    'a disk that nothing tells from another',
    disk({ serial: null, wwn: null, partitionTable: null, content: null }),
    'COULD NOT CHECK',
    /^disk main, \S+, has no identity: no serial number, no WWN, no partition table/,
  ],
  [
    'one disk by two names',
    document => {
      Object.assign(document.disks ?? {}, { more: '/dev/sda' })
      const main = document.target?.disks.main
      Object.assign(document.target?.disks ?? {}, { more: { ...main, device: '/dev/sda' } })
    },
    'NO-GO',
    /^disks main and more of the layout are one: \/dev\/nvme0n1$/,
  ],
  [
    'two ways to one disk',
    document => {
      Object.assign(document.disks ?? {}, { more: '/dev/sdb' })
      const main = document.target?.disks.main
      Object.assign(document.target?.disks ?? {}, { more: { ...main, device: '/dev/sdb', path: '/dev/sdb' } })
    },
    'NO-GO',
    /^disks main and more of the layout are one: WWN /,
  ],
]
for (const [what, change, word, reason] of [...AGAINST, ...OF_TARGET])
  for (const inputs of ['real', 'offline'] as const)
    test(`${what}, with ${inputs} inputs: ${word}`, () => {
      const found = judge(evidence(document => change(Object.assign(document, { inputs }))))
      assert.equal(found.word, word)
      assert.match(found.reasons.join('\n'), reason)
    })

for (const part of ['serial', 'wwn', 'partitionTable', 'content'])
  test(`a disk that has a ${part} alone is told by it`, () => {
    const none = { serial: null, wwn: null, partitionTable: null, content: null }
    assert.equal(judge(evidence(disk({ ...none, [part]: 'x' }))).word, 'GO')
  })

test('of a target that is only switched no disk is asked for', () => {
  const switched = target({ wiped: false, disks: {}, firmware: null, architecture: null, uuid: null })
  assert.equal(judge(evidence(switched)).word, 'GO')
})

test('nothing of a target is asked for where none was named', () =>
  assert.equal(judge(evidence(document => Object.assign(document, { target: null }))).word, 'GO'))

test('what was installed, by the very system and disk script, is a GO of that level', () =>
  assert.deepEqual(judge(evidence(() => {}, goodInstalled())), { word: 'GO', reasons: [] }))

const OTHER_SCRIPT = `/nix/store/${'b'.repeat(32)}-disko`
const NOT_INSTALLED: readonly (readonly [string, Change, RegExp])[] = [
  [
    'a machine that is none',
    machine({ driver: 'nixos-shell', diskScript: null }),
    /t14 was not installed from host t14: nixos-shell/,
  ],
  [
    'another disk script',
    machine({ diskScript: OTHER_SCRIPT }),
    /laid out by another script .*: \/nix\/store\/b+-disko/,
  ],
  ['no disk script', machine({ diskScript: null }), /laid out by another script .*: none/],
  ['a host without one', document => Object.assign(document, { diskScript: null }), /laid out by another script/],
  ['another system', machine({ toplevels: [OTHER] }), /another system than the one that is bound/],
  [
    'a machine besides that was not',
    ({ machines }) => Object.assign(machines, { lap: good().machines.t14 }),
    /lap was not installed/,
  ],
]
for (const [what, change, reason] of NOT_INSTALLED)
  test(`installed, and ${what}: NO-GO`, () => {
    const found = judge(evidence(change, goodInstalled()))
    assert.equal(found.word, 'NO-GO')
    assert.match(found.reasons.join('\n'), reason)
  })

test('what was installed is none of level vm', () => {
  const document = goodInstalled()
  document.level = 'vm'
  assert.equal(judge(evidence(() => {}, document)).word, 'NO-GO')
})
