import assert from 'node:assert/strict'
import test from 'node:test'
import type { Expectation, Judgement } from '../../expect/expectation.ts'
import type { MissingSecret } from '../../flake/plan/host-secret.ts'
import { doubtLackOfSecrets } from './held-for-lack.ts'
import type { Named } from './missing-secret.ts'
import { HASH, PAGE } from './testing/missing.ts'

const machine = (name: string, ...missingSecrets: MissingSecret[]): Named =>
  ({ name, plan: { kind: 'nixos-shell', name, missingSecrets } }) as unknown as Named

const judged = (verdict: 'met' | 'not-yet', subject: string, seen: string, ...machines: Named[]): Judgement => {
  const wanted: Expectation<undefined> = { wanted: 'it', missed: 'was not it', judge: () => ({ verdict, seen }) }
  const all = machines.length > 0 ? machines : [machine('t14', PAGE, HASH)]
  return doubtLackOfSecrets(wanted, subject, all).judge(undefined)
}

for (const [subject, seen, secret] of [
  ['app.service on t14', 'failed (exit-code)', 'page'],
  ['app.service on t14', 'inactive (dead)', 'page'],
  ['app.service on t14', 'activating (auto-restart)', 'page'],
  ['the system on t14', 'degraded, failed: app.service', 'page'],
  ['file /run/secrets/page on t14', 'nothing there', 'page'],
  ['the command "cat /run/secrets/page" on t14', 'exit code 1\ncat: /run/secrets/page: No such file', 'page'],
  ['the command "app" on t14', 'exit code 2\napp: cannot open /run/secrets/page', 'page'],
  ['"systemctl start app.service" on t14', 'exit code 1', 'page'],
  ['the password of simon on t14', 'locked', '/persist/simon'],
] as const)
  test(`${subject} is ${seen.split('\n', 1)}: not known of the host`, () => {
    const { verdict, ...rest } = judged('met', subject, seen)
    assert.deepEqual([verdict, rest], ['unknown', { seen, why: `the secret ${secret} is not in this machine` }])
  })

for (const [subject, seen] of [
  // It is well, for all that is missing.
  ['app.service on t14', 'active (running)'],
  ['"systemctl start app.service" on t14', 'exit code 0'],
  ['the command "systemctl show app.service" on t14', 'exit code 0\nActiveState=active'],
  // Something else has failed as well, or alone.
  ['the system on t14', 'degraded, failed: app.service, nginx.service'],
  ['nginx.service on t14', 'failed (exit-code)'],
  ['my-app.service on t14', 'failed (exit-code)'],
  ['file /etc/app.conf on t14', 'nothing there'],
  ['the command "false" on t14', 'exit code 1'],
  // A scenario has put it there itself.
  ['file /run/secrets/page on t14', 'a file, 5 bytes, root:root 0600'],
  // Another machine.
  ['app.service on web', 'failed (exit-code)'],
] as const)
  test(`${subject} is ${seen}: that is so`, () => assert.equal(judged('met', subject, seen).verdict, 'met'))

test('a machine whose name is a part of another word is not meant', () => {
  assert.equal(judged('met', 'app.service on web', 'failed (exit-code)', machine('a', PAGE)).verdict, 'met')
  assert.equal(judged('met', 'the console of web', 'app.service failed', machine('web', PAGE)).verdict, 'unknown')
})

test('what is not met is left to what tells failures, and a machine that lacks nothing is not doubted', () => {
  assert.equal(judged('not-yet', 'app.service on t14', 'failed (exit-code)').verdict, 'not-yet')
  assert.equal(judged('met', 'app.service on t14', 'failed (exit-code)', machine('t14')).verdict, 'met')
})
