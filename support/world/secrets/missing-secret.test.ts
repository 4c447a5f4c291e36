import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationBroken, ExpectationNotMet, type NixcumberError } from '../../core/errors.ts'
import type { MissingSecret } from '../../flake/plan/host-secret.ts'
import type { Machine } from '../../machine/machine.ts'
import { judgeMissingSecrets, secretsSpokenOf, tellMissingSecrets } from './missing-secret.ts'
import { HASH, PAGE } from './testing/missing.ts'

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

const judged = (text: string, Kind: new (message: string) => NixcumberError = ExpectationNotMet): NixcumberError =>
  judgeMissingSecrets(new Kind(text), [machine(PAGE, HASH)])

for (const [text, exitCode] of [
  // All that is blamed needs what is not there: not known of the host.
  ['app.service on t14 was not active: it failed for good (exit-code)\n\n  Expected   active', 3],
  [
    't14 was not running: 1 unit failed (app.service)\n\n  Observed   degraded, failed: app.service\n  From  x.feature:3',
    3,
  ],
  ['file /run/secrets/page on t14 did not exist within 5 s\n\n  Expected   a file', 3],
  [
    'command "login" on t14 did not succeed\n\n  Observed   exit code 1\n             cat: /run/secrets/page: No such file',
    3,
  ],
  // Something else is blamed as well, or alone.
  ['t14 had failed units: 2 units failed (app.service, nginx.service)\n\n  Observed   degraded', 1],
  ['t14 was not running: 1 unit failed (a.service)\n\n  Observed   degraded, failed: a.service, app.service', 1],
  ['nginx.service on t14 was not active\n\n  Observed   failed\n  Evidence   journal below\n\n  app.service', 1],
  // It ended well, so it lacked nothing.
  ['the command "systemctl restart app.service" on t14 did not fail\n\n  Observed   exit code 0', 1],
  // What a file says is the configuration's matter.
  ['app.service on t14 did not have "Restart" set to "always"\n\n  Observed   no', 1],
  [
    'file /etc/app.conf on t14 did not contain "/run/secrets/page"\n\n  Expected   /run/secrets/page\n  Observed   other words',
    1,
  ],
] as const)
  test(`exit code ${exitCode}: ${text.split('\n', 1)}`, () => assert.equal(judged(text).exitCode, exitCode))

test('the first line says that it is not known, and the whole is told', () => {
  const { message } = judged('app.service on t14 was not active\n\n  Observed   failed')
  assert.match(
    message,
    /^app\.service on t14 was not active; not in this machine: the secret page, so this is not known of the host\n/,
  )
  assert.match(message, /\n {2}Not there +page: not decrypted/)
})

test('a machine that panics has done so, whatever it lacks', () =>
  assert.equal(judged('app.service on t14 failed', ConfigurationBroken).exitCode, 1))

for (const flood of ['x', 'x.', '.service', '-', ' '])
  test(`a line of a million times ${JSON.stringify(flood)} is read as fast as any`, () => {
    const start = performance.now()
    judged(`file /srv/big on t14 still contained "x"\n\n  Observed   ${flood.repeat(1_000_000)}`)
    assert.ok(performance.now() - start < 5_000, 'it took longer than 5 s')
  })
