import assert from 'node:assert/strict'
import test from 'node:test'
import { UsageError } from '../core/errors.ts'
import { parseMachineUrl } from './machine-url.ts'

const FINGERPRINT = `SHA256:${'aB+/'.repeat(10)}xyz`
const env = { NIXCUMBER_PASSWORD_WEB_1: 'hunter2' }
const read = (text: string) => parseMachineUrl(text, { folder: '/project', env })

const good: readonly [string, Record<string, unknown>][] = [
  ['t14=ssh://t14.lan', { kind: 'ssh', name: 't14', host: 't14.lan' }],
  ['t14=ssh://root@10.0.0.2:2222', { kind: 'ssh', name: 't14', host: '10.0.0.2', port: 2222, user: 'root' }],
  ['v6=ssh://[fe80::1]:22', { kind: 'ssh', name: 'v6', host: 'fe80::1', port: 22 }],
  [
    `a=ssh://h?identity=keys/id&known-hosts=/etc/known&fingerprint=${FINGERPRINT}`,
    {
      kind: 'ssh',
      name: 'a',
      host: 'h',
      identity: '/project/keys/id',
      knownHosts: '/etc/known',
      fingerprint: FINGERPRINT,
    },
  ],
  [
    'a=ssh://h?host-keys=accept-new&sudo=no',
    { kind: 'ssh', name: 'a', host: 'h', hostKeys: 'accept-new', sudo: false },
  ],
  ['a=ssh://h?sudo=yes', { kind: 'ssh', name: 'a', host: 'h', sudo: true }],
  ['web-1=ssh://h', { kind: 'ssh', name: 'web-1', host: 'h', password: 'hunter2' }],
  [
    'a=run:result/bin/run-a-vm',
    { kind: 'image', name: 'a', source: { script: '/project/result/bin/run-a-vm' }, login: { user: 'root' } },
  ],
  [
    'web-1=image:out?user=simon',
    { kind: 'image', name: 'web-1', source: { folder: '/project/out' }, login: { user: 'simon', password: 'hunter2' } },
  ],
]
for (const [text, plan] of good) test(`${text} is understood`, () => assert.deepEqual(read(text), plan))

const bad: readonly [string, RegExp][] = [
  ['', /given by its name and its address/],
  ['t14', /given by its name and its address/],
  ['=ssh://h', /given by its name and its address/],
  ['a b=ssh://h', /given by its name and its address/],
  ['../a=ssh://h', /given by its name and its address/],
  ['a=ssh://', /given by its name and its address/],
  ['a=ssh://h/path', /given by its name and its address/],
  ['a=ssh://h:99999', /given by its name and its address/],
  ['a=run:', /given by its name and its address/],
  ['a=shh://h', /Did you mean\s+ssh/],
  ['a=ssh://h?identiy=x', /Did you mean\s+identity/],
  ['a=ssh://h?host-keys=acept-new', /Did you mean\s+accept-new/],
  ['a=ssh://h?sudo=maybe', /a "sudo" that is not known/],
  ['a=ssh://h?identity=', /"identity" once, with a value/],
  ['a=ssh://h?identity=x&identity=y', /"identity" once, with a value/],
  ['a=ssh://h?fingerprint=MD5:00', /fingerprint of machine "a" is not readable/],
  ['a=ssh://root:secret@h', /set NIXCUMBER_PASSWORD_A/],
  ['a=ssh://h?password=secret', /set NIXCUMBER_PASSWORD_A/],
  ['a=image:out?usr=x', /Did you mean\s+user/],
]
for (const [text, message] of bad)
  test(`${text || 'nothing'} is refused`, () =>
    assert.throws(
      () => read(text),
      (error: unknown) =>
        error instanceof UsageError && message.test(error.message) && !error.message.includes('secret'),
    ))
