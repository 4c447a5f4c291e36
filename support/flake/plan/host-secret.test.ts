import assert from 'node:assert/strict'
import test from 'node:test'
import { type MissingSecret, missingSecrets, secretDifferences, secretNotes } from './host-secret.ts'

const KEY = '/var/lib/sops-nix/key.txt'
const secret = (name: string, more: Partial<MissingSecret> = {}): MissingSecret => ({
  option: ['sops', 'secrets', name],
  path: `/run/secrets/${name}`,
  keys: [KEY, '/etc/ssh/ssh_host_ed25519_key'],
  units: [],
  users: [],
  ...more,
})
const PAGE = secret('page', { units: ['nginx.service'] })
const PASSWORD: MissingSecret = {
  option: ['users', 'users', 'simon', 'hashedPasswordFile'],
  path: '/persist/simon',
  keys: ['/persist/simon'],
  units: [],
  users: ['simon'],
}
const all = (...found: MissingSecret[]) => ({ found, unknown: [] })
const notes = (...found: MissingSecret[]): string[] =>
  secretNotes('t14', all(...found), missingSecrets(all(...found), []))

test('one key that is handed over is enough; a file is there when it is handed over itself', () => {
  const found = all(PAGE, PASSWORD)
  assert.deepEqual(missingSecrets(found, []), [PAGE, PASSWORD])
  assert.deepEqual(missingSecrets(found, [KEY]), [PASSWORD])
  assert.deepEqual(missingSecrets(found, ['/etc/ssh/ssh_host_ed25519_key', '/persist/simon']), [])
  assert.deepEqual(missingSecrets(found, ['/etc/ssh/ssh_host_ed25519_key.pub']), [PAGE, PASSWORD])
})

test('a folder of keys is there when a file in it is handed over', () => {
  const gnupg = secret('page', { keys: ['/root/.gnupg'] })
  assert.deepEqual(missingSecrets(all(gnupg), ['/root/.gnupg/secring.gpg']), [])
  assert.deepEqual(missingSecrets(all(gnupg), ['/root/.gnupg-old/secring.gpg']), [gnupg])
})

test('all secrets with the same keys are told in one line, with the keys, what needs them, and the remedy', () =>
  assert.deepEqual(notes(PAGE, secret('wifi')), [
    `2 secrets of t14 are not decrypted in its virtual machine: page, wifi; no key is there (${KEY}, /etc/ssh/ssh_host_ed25519_key); needed by nginx.service; to hand over: machines.t14.files`,
  ]))

test('files are told in another', () =>
  assert.deepEqual(notes(PASSWORD), [
    'In the virtual machine of t14 a file is not there: /persist/simon; needed by the password of simon; to hand over: machines.t14.files',
  ]))

test('many are counted', () => {
  const names = Array.from({ length: 12 }, (_, i) => secret(`s${i}`))
  assert.match(notes(...names)[0] ?? '', /^12 secrets of t14 .*: s0, s1, .*, s7 and 4 more; no key/)
})

test('nothing is said where there is nothing to say, and what is not known is said to be so', () => {
  assert.deepEqual(notes(), [])
  assert.deepEqual(secretNotes('t14', { found: [], unknown: ['sops'] }, []), [
    'Which secrets t14 needs is not known of sops: a part of it does not evaluate',
  ])
})

test('the table of the report has the option, where the host finds it, and why it is not there', () =>
  assert.deepEqual(secretDifferences([PAGE, PASSWORD]), [
    {
      option: 'sops.secrets.page',
      host: '/run/secrets/page',
      why: `no key of it is there: ${KEY}, /etc/ssh/ssh_host_ed25519_key; needed by nginx.service`,
    },
    {
      option: 'users.users.simon.hashedPasswordFile',
      host: '/persist/simon',
      why: 'no such file is there; needed by the password of simon',
    },
  ]))
