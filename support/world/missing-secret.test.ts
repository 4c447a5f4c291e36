import assert from 'node:assert/strict'
import test from 'node:test'
import { ExpectationNotMet } from '../core/errors.ts'
import type { MissingSecret } from '../flake/host-secret.ts'
import type { Machine } from '../machine/machine.ts'
import { secretsSpokenOf, tellMissingSecrets } from './missing-secret.ts'

const PAGE: MissingSecret = {
  option: ['sops', 'secrets', 'page'],
  path: '/run/secrets/page',
  keys: ['/var/lib/sops-nix/key.txt'],
  units: ['app.service'],
  users: [],
}
const HASH: MissingSecret = {
  option: ['users', 'users', 'simon', 'hashedPasswordFile'],
  path: '/persist/simon',
  keys: ['/persist/simon'],
  units: [],
  users: ['simon'],
}
const machine = (...missingSecrets: MissingSecret[]): Machine =>
  ({ name: 't14', plan: { kind: 'nixos-shell', name: 't14', missingSecrets } }) as unknown as Machine
const spoken = (text: string): readonly MissingSecret[] => secretsSpokenOf(text, machine(PAGE, HASH))

for (const [text, found] of [
  ['app.service on t14 was not active within 60 s', [PAGE]],
  ['1 unit of t14 has failed: app.service, other.service', [PAGE]],
  ['cat: /run/secrets/page: No such file or directory', [PAGE]],
  ['user simon on t14 has no password: login is locked', [HASH]],
  // What only looks like it.
  ['my-app.service on t14 was not active', []],
  ['app.service.d on t14', []],
  ['/run/secrets/page-two is missing', []],
  ['user simon on t14 is not in group wheel', []],
  ['nginx.service on t14 was not active', []],
] as const)
  test(`${found.length} found in: ${text}`, () => assert.deepEqual(spoken(text), found))

test('the first line names the secret, the last row why it is not there, once', () => {
  const error = new ExpectationNotMet('app.service on t14 was not active within 60 s\n\n  Expected   active')
  for (let hooks = 0; hooks < 2; hooks++) tellMissingSecrets(error, [machine(PAGE, HASH)])
  assert.equal(
    error.message,
    `app.service on t14 was not active within 60 s; not in this machine: the secret page

  Expected   active

  Not there  page: not decrypted, for none of its keys is in the machine: /var/lib/sops-nix/key.txt; machines.t14.files hands one over`,
  )
})

test('another failure, and a machine that lacks nothing, are left alone', () => {
  const error = new ExpectationNotMet('nginx.service on t14 was not active within 60 s')
  tellMissingSecrets(error, [machine(PAGE)])
  tellMissingSecrets(error, [machine()])
  assert.equal(error.message, 'nginx.service on t14 was not active within 60 s')
})
