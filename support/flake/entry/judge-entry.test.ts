import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken, ExpectationNotMet } from '../../core/errors.ts'
import { SourceMap } from '../../nix/reason/source-map.ts'
import type { Account, Entry } from './entry.ts'
import { judgeEntry } from './judge-entry.ts'
import { readPublicKey } from './public-key.ts'

const MINE = `ssh-ed25519 ${'A'.repeat(68)} me`
const OTHER = `ssh-ed25519 ${'B'.repeat(68)} other`
const OWN = { keys: [readPublicKey(MINE) ?? assert.fail()], from: '/home/me/.ssh' }
const obstacle = { option: 'services.openssh.x', value: 'no', why: 'root may not log in', files: [] }

const account = (changes: Partial<Account> = {}): Account => ({
  ...{ name: 'root', keys: [MINE], obstacles: [], rootBy: 'itself', hasPassword: false },
  ...changes,
})
const entry = (accounts: readonly Partial<Account>[], changes: Partial<Entry> = {}): Entry => ({
  ...{
    enabled: true,
    port: 22,
    isMatched: false,
    isOpenToAll: true,
    listensToAll: true,
    asksProgram: false,
    obstacles: [],
    accounts: accounts.map(account),
  },
  ...changes,
})
const judged = (given: Entry, own: Parameters<typeof judgeEntry>[2] = OWN) =>
  judgeEntry('t14', given, own, new SourceMap({}))
const user = (changes: Partial<Account>): Partial<Account> => ({ name: 'simon', ...changes })
const SHUT_ROOT: Partial<Account> = { obstacles: [obstacle] }

const OPEN: Readonly<Record<string, Entry>> = {
  'root has it': entry([{}]),
  'among other keys': entry([{ keys: [OTHER, 'not a key', MINE] }]),
  'once with options and once without': entry([{ keys: [`restrict ${MINE}`, MINE] }]),
  'root may not log in, a user of wheel does': entry([SHUT_ROOT, user({ rootBy: 'wheel' })]),
  'by a password that there is': entry([SHUT_ROOT, user({ rootBy: 'password', hasPassword: true })]),
  'a program knows further keys': entry([{}], { asksProgram: true }),
  'another account is shut': entry([{}, user({ obstacles: [obstacle] })]),
}
for (const [what, given] of Object.entries(OPEN))
  test(`it gets in: ${what}`, () => assert.equal(judged(given), undefined))

const SHUT: Readonly<Record<string, readonly [Entry, RegExp]>> = {
  'no sshd': [entry([{}], { enabled: false }), /services\.openssh\.enable = false/],
  'a firewall': [entry([{}], { obstacles: [obstacle] }), /services\.openssh\.x = no: root may not log in/],
  'root may not log in': [entry([SHUT_ROOT]), /root: services\.openssh\.x = no/],
  'no key at all': [entry([{ keys: [] }]), /root: it has no key/],
  'nothing but comments': [entry([{ keys: ['# nothing', 'x'] }]), /root: it has no key/],
  'other keys': [entry([{ keys: [OTHER] }]), /root: it has other keys, and none of yours/],
  'a user who cannot become root': [
    entry([{ keys: [] }, user({ rootBy: 'none' })]),
    /simon: your key, but it cannot become root/,
  ],
  'a password is asked for and there is none': [
    entry([{ keys: [] }, user({ rootBy: 'password' })]),
    /simon: your key, but it has no password/,
  ],
  'no account at all': [entry([]), /Your key does not get into host "t14"/],
}
for (const [what, [given, pattern]] of Object.entries(SHUT))
  test(`it does not: ${what}`, () => {
    const error = judged(given)
    assert.ok(error instanceof ExpectationNotMet)
    assert.match(error.message, /^Your key does not get into host "t14"\n/)
    assert.match(error.message, pattern)
  })

const UNKNOWN: Readonly<Record<string, readonly [Entry, RegExp]>> = {
  'a Match block, that may shut it': [
    entry([{}], { isMatched: true }),
    /checked: services\.openssh\.extraConfig has a Match block/,
  ],
  'a Match block, that may open it': [entry([SHUT_ROOT], { isMatched: true }), /Match block/],
  'rules of its own in the firewall': [
    entry([{}], { isOpenToAll: false }),
    /checked: the firewall lets port 22 in by a card/,
  ],
  'a program that knows keys': [
    entry([{ keys: [] }], { asksProgram: true }),
    /checked: services\.openssh\.authorizedKeysCommand/,
  ],
  'an address of a tunnel': [
    entry([{}], { listensToAll: false }),
    /checked: services\.openssh\.listenAddresses are some addresses only/,
  ],
  'options before the key': [
    entry([{ keys: [`command="x y" ${MINE}`] }]),
    /root: your key stands there with command="x y"/,
  ],
  'rules of sudo': [
    entry([{ keys: [] }, user({ rootBy: 'rules' })]),
    /simon: your key; whether it becomes root by its rules/,
  ],
}
for (const [what, [given, pattern]] of Object.entries(UNKNOWN))
  test(`it is not known: ${what}`, () => {
    const error = judged(given)
    assert.ok(error instanceof EnvironmentBroken && !(error instanceof ExpectationNotMet))
    assert.match(error.message, /^Whether your key gets into host "t14" could not be checked: /)
    assert.match(error.message, pattern)
  })

test('without a key it is not known, whatever the host says', () => {
  const error = judged(entry([], { enabled: false }), { keys: [], from: '/home/me/.ssh' })
  assert.match(error?.message ?? '', /could not be checked: no key of yours was found in \/home\/me\/\.ssh/)
})

test('a Match block does not shut what has no key of yours', () =>
  assert.ok(judged(entry([{ keys: [OTHER] }], { isMatched: true })) instanceof ExpectationNotMet))
