import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { renderMachines } from '../cli/commands/machines.ts'
import { chooseMachines } from '../cucumber/selection/choose-machines.ts'
import { OWN_MACHINE } from '../machine/abilities.ts'
import { LIVE_HOST } from '../machine/drivers/ssh.ts'
import type { MachineSettings } from '../world/settings.ts'
import type { FoundConfig } from './config.ts'
import type { MachineEntry } from './machine-entry.ts'
import { machineSettings } from './machine-entry.ts'
import { type MachineOptions, machinesOf } from './machines.ts'

const found = (config: FoundConfig['config'] = {}): FoundConfig => ({ projectDir: '/project', config })

function inventory(content: unknown, use: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inventory-'))
  const file = join(folder, 'hosts.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return use(file).finally(() => rmSync(folder, { recursive: true }))
}

const refusal = async (options: MachineOptions, config?: FoundConfig['config']): Promise<string> =>
  machinesOf(found(config), options).then(
    () => '',
    error => (error as Error).message,
  )

/** As it was written: without the plans that were made of it. */
const written = async (...given: Parameters<typeof machinesOf>): Promise<Record<string, MachineSettings>> =>
  Object.fromEntries(
    Object.entries(await machinesOf(...given)).map(([name, { plan: _, ...settings }]) => [name, settings]),
  )

test('a machine that is booted from the flake has a size, in MiB or with a unit', () => {
  const entry = { memory: '4GiB', cores: 2, diskSize: 8192 }
  assert.deepEqual(machineSettings('t14', entry, '/').size, { memorySize: 4096, cores: 2, diskSize: 8192 })
  assert.throws(() => machineSettings('t14', { memory: '4GB' }, '/'), /"memory" of machine "t14" is no size.*'4GiB'/s)
  assert.throws(
    () => machineSettings('t14', { address: 'ssh://t14', diskSize: '4GiB' }, '/'),
    /"t14" has "diskSize" and an address.*booted from the flake/s,
  )
})

test('files are handed over by their paths in the machine: from a file, relative to the configuration, or from the environment', () => {
  const files = {
    '/var/lib/sops-nix/key.txt': 'keys/t14.txt',
    '/etc/ssh/ssh_host_ed25519_key': { file: '/keys/host', mode: '600' },
    '/persist/password': { env: 'SIMON_HASH', owner: 'simon:users' },
  }
  assert.deepEqual(machineSettings('t14', { files }, '/etc/judge').files, [
    { path: '/var/lib/sops-nix/key.txt', from: { file: '/etc/judge/keys/t14.txt' }, mode: '0400' },
    { path: '/etc/ssh/ssh_host_ed25519_key', from: { file: '/keys/host' }, mode: '0600' },
    { path: '/persist/password', from: { variable: 'SIMON_HASH' }, mode: '0400', owner: 'simon:users' },
  ])
})

for (const [path, entry, words] of [
  ['etc/key', 'key', /cannot have a file "etc\/key".*an absolute path in the machine/s],
  ['/etc/../key', 'key', /cannot have a file/],
  ['/etc/keys/', 'key', /cannot have a file/],
  ['/etc/a\nb', 'key', /cannot have a file "\/etc\/a\\nb"/],
  ['/nix/store/x', 'key', /cannot have a file/],
  ['/', 'key', /cannot have a file/],
  ['/key', {}, /The file \/key of machine "t14" has no value/],
  ['/key', { file: 'a', env: 'B' }, /has two values/],
  ['/key', { env: 'AGE-SECRET-KEY-1' }, /names no environment variable.*never its value/s],
] as const)
  test(`refused as a file handed over: ${JSON.stringify([path, entry])}`, () =>
    assert.throws(() => machineSettings('t14', { files: { [path]: entry } }, '/'), words))

test('no value that stands where the name of a variable should is repeated', () =>
  assert.throws(
    () => machineSettings('t14', { files: { '/key': { env: 'AGE-SECRET-KEY-1' } } }, '/'),
    error => !String(error).includes('AGE-SECRET'),
  ))

test('what is no machine of the flake has its files already', () =>
  assert.throws(
    () => machineSettings('t14', { address: 'ssh://t14', files: { '/key': 'key' } }, '/'),
    /"t14" has "files" and an address/,
  ))

test('a machine is an address, or an object whose parts complete it', () => {
  const settings = (entry: MachineEntry) => machineSettings('web1', entry, '/etc/judge')
  assert.deepEqual(settings('ssh://root@web1'), { address: 'ssh://root@web1', roles: [], allow: [] })
  assert.deepEqual(
    settings({
      address: 'ssh://web1',
      user: 'deploy',
      port: 2222,
      identity: 'key',
      knownHosts: '/known hosts',
      fingerprint: 'SHA256:a+b',
      sudo: true,
      roles: ['web'],
      allow: ['restarts'],
    }),
    {
      address:
        'ssh://deploy@web1:2222?identity=%2Fetc%2Fjudge%2Fkey&known-hosts=%2Fknown%20hosts&fingerprint=SHA256%3Aa%2Bb&sudo=yes',
      roles: ['web'],
      allow: ['restarts'],
    },
  )
  assert.deepEqual(settings({ host: 'node', roles: ['k8s'] }), { host: 'node', roles: ['k8s'], allow: [] })
})

for (const [entry, words] of [
  [{ user: 'root' }, /: Machine "web1" has "user" and no address/],
  [{ address: 'image:x', port: 22 }, /: "port" of machine "web1" belongs to an ssh address\n.*image:x/s],
  [
    { address: 'ssh://root@web1', user: 'admin' },
    /: The user of machine "web1" stands in its address and beside it\n.*root and admin/s,
  ],
] as const)
  test(`refused: ${words}`, () => assert.throws(() => machineSettings('web1', entry, '/'), words))

test('configuration, inventories and command line are one; the command line says where a machine is', () =>
  inventory({ machines: { db1: { address: 'ssh://db1', roles: ['db'] } } }, async file =>
    assert.deepEqual(
      await written(found({ machines: { web1: { address: 'ssh://web1', roles: ['web'] } }, mayChange: ['web1'] }), {
        inventory: [file],
        machine: ['db1=ssh://elsewhere', 'cd=image:cd'],
        allow: ['db1=restarts'],
      }),
      {
        web1: {
          address: 'ssh://web1',
          roles: ['web'],
          allow: ['changes', 'restarts', 'destroys'],
          source: 'nixcumber.config',
        },
        db1: { address: 'ssh://elsewhere', roles: ['db'], allow: ['restarts'], source: `${file}, --machine` },
        cd: { address: 'image:cd', roles: [], allow: [], source: '--machine' },
      },
    ),
  ))

test('what is allowed without a name is allowed for all', async () => {
  const machines = await machinesOf(found({ machines: { a: 'ssh://a', b: 'ssh://b' } }), { allow: ['changes'] })
  assert.deepEqual(
    Object.values(machines).map(({ allow }) => allow),
    [['changes'], ['changes']],
  )
})

for (const [options, words] of [
  [{ allow: ['changs'] }, /^--allow cannot be "changs"\n.*Did you mean {2}changes/s],
  [{ allow: ['wbe1=changes'] }, /^--allow names a machine that is not known: "wbe1"\n.*Did you mean {2}web1/s],
  [{ machine: ['web1'] }, /^--machine needs a name and an address/],
  [{ inventory: ['/nowhere/hosts.json'] }, /^There is no inventory \/nowhere\/hosts.json/],
] as const)
  test(`refused: ${JSON.stringify(options)}`, async () =>
    assert.match(await refusal(options, { machines: { web1: 'ssh://web1' } }), words))

for (const [content, words] of [
  ['{', /^The inventory .*hosts\.json is no JSON/],
  [{}, /^Wrong value of "machines" in .*hosts\.json/],
  [{ hosts: {}, machines: {} }, /^Unknown key "hosts" in .*hosts\.json\n/],
  [
    { machines: { a: { adress: 'ssh://a' } } },
    /^Unknown key "adress" in "machines.a" of .*hosts\.json\n.*Did you mean {2}address/s,
  ],
  [{ machines: { a: { allow: ['changs'] } } }, /^Wrong value of "machines.a.allow.0" in .*hosts\.json/],
  [{ machines: { a: { roles: ['a b'] } } }, /^Wrong value of "machines.a.roles.0" in .*\n.*letters and digits/s],
  [{ machines: { 'we b': { host: 'b' } } }, /^No machine can be named "we b"\n.*letters and digits/s],
  [{ machines: { web1: 'ssh://b' } }, /^Machine "web1" is in two inventories\n.*nixcumber.config and .*hosts\.json/s],
] as const)
  test(`refused as an inventory: ${JSON.stringify(content)}`, () =>
    inventory(content, async file =>
      assert.match(await refusal({ inventory: [file] }, { machines: { web1: 'ssh://web1' } }), words),
    ))

const three: Readonly<Record<'web1' | 'web2' | 'db1', MachineSettings>> = {
  web1: {
    ...{ address: 'ssh://web1?identity=k', plan: { kind: 'ssh', name: 'web1', abilities: LIVE_HOST } },
    ...{ roles: ['web'], allow: ['changes'], source: 'hosts.json' },
  },
  web2: { host: 'node', roles: ['web', 'old'], allow: [], source: 'nixcumber.config.ts' },
  db1: {
    ...{ address: 'image:db', plan: { kind: 'image', name: 'db1', abilities: OWN_MACHINE } },
    ...{ roles: [], allow: [], source: '--machine' },
  },
}

test('--on is a name or a role, in the order of the machines', () => {
  assert.deepEqual(chooseMachines(['role:old', 'web1'], three), ['web1', 'web2'])
  assert.deepEqual(chooseMachines(['role:all'], three), ['web1', 'web2', 'db1'])
})

for (const [word, words] of [
  ['wbe1', /: --on names a machine that is not known: "wbe1"\n.*Did you mean +web1/s],
  ['constructor', /: --on names a machine that is not known: "constructor"/],
  ['role:wbe', /: --on names a role that no machine has: "wbe"\n.*Did you mean +web\n.*all, web, old/s],
] as const)
  test(`refused: --on ${word}`, () => assert.throws(() => chooseMachines([word], three), words))

test('machines are listed with where they are, their roles, what is allowed and who named them', () =>
  assert.equal(
    renderMachines(Object.entries(three).map(([name, each]) => ({ name, ...each }))),
    [
      'machine  address                 roles     allowed           named by',
      'web1     ssh://web1              web       looking, changes  hosts.json',
      'web2     host node of the flake  web, old  everything        nixcumber.config.ts',
      'db1      image:db                -         everything        --machine',
    ].join('\n'),
  ))
