import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { UsageError } from '../../core/errors.ts'
import { abilitiesOf, enterCommand } from '../abilities.ts'
import { FakeMachine } from '../drivers/fake.ts'
import type { BootContext, MachineDriver } from '../machine.ts'
import { bootMachine, DRIVERS, parseMachineUrl } from './driver-registry.ts'

const FINGERPRINT = `SHA256:${'aB+/'.repeat(10)}xyz`
const env = { NIXCUMBER_PASSWORD_WEB_1: 'hunter2' }
/** Without what every plan of its kind has. */
function read(text: string): Record<string, unknown> {
  const { abilities: _, enter: __, ...said } = parseMachineUrl(text, { folder: '/project', env })
  return said
}

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

/** What a newcomer writes first: a file that boots, and not a word about what its machines are. */
const strange: MachineDriver = {
  kind: 'strange',
  addresses: { schemes: ['strange'], example: 'NAME=strange:PLACE', read: name => ({ kind: 'strange', name }) },
  boot: async plan => Object.assign(new FakeMachine({ kind: 'fake', name: plan.name }), { plan }),
}

test('a driver that says nothing of its machines has them guarded, never booted anew, and advises nothing untrue', async () => {
  const drivers = [...DRIVERS, strange]
  const plan = parseMachineUrl('box=strange:here', { folder: '/project', env }, drivers)
  const { owner, guarded, bootable, keepable } = abilitiesOf(plan)
  assert.deepEqual([owner, guarded, bootable, keepable], ['live', true, false, false])
  assert.equal(enterCommand(plan), undefined)
  await using machine = await bootMachine(plan, {} as BootContext, drivers)
  assert.equal(machine.name, 'box')
})

test('what one is advised to enter a machine by is what its owner would type', () => {
  const advice = (url: string): string | undefined => enterCommand(parseMachineUrl(url, { folder: '/', env }))
  assert.equal(advice('t14=ssh://root@10.0.0.2:2222'), 'ssh -p 2222 root@10.0.0.2')
  assert.equal(advice('t14=ssh://t14.lan'), 'ssh t14.lan')
  assert.equal(advice('cd=image:out'), 'nixcumber shell cd')
})

test('a plan that no driver boots is told as such', async () => {
  await assert.rejects(bootMachine({ kind: 'gone', name: 'box' }, {} as BootContext), /no driver boots: gone/)
})

test('every kind of address is an example in the refusal of an unknown one', () => {
  const refused = (): unknown => parseMachineUrl('box=docker:web', { folder: '/', env }, [...DRIVERS, strange])
  assert.throws(refused, /run:SCRIPT or NAME=image:FOLDER, NAME=ssh:\/\/user@host.*, NAME=strange:PLACE/s)
})

/** Kinds of drivers whose machines no test puts through the contract suite. */
function withoutContract(drivers: readonly MachineDriver[]): string[] {
  const root = resolve(import.meta.dirname, '../..')
  const tests = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => readFileSync(join(root, file), 'utf8'))
  const isHeld = (kind: string): boolean =>
    tests.some(text => text.includes('testMachineDriver({') && text.includes(`driver: '${kind}'`))
  return drivers.map(({ kind }) => kind).filter(kind => !isHeld(kind))
}

test('the contract suite is demanded of each driver', () => {
  assert.deepEqual(withoutContract(DRIVERS), [])
  assert.deepEqual(withoutContract([...DRIVERS, strange]), [strange.kind])
})
