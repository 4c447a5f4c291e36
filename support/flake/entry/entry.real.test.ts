/** Who gets into hosts and becomes root there, found by evaluation: one host for each way. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { execa } from 'execa'
import { z } from 'zod'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import { LOOK_ALIKES } from '../written/offline-inputs.ts'
import { type Account, entrySchema } from './entry.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-entry-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const nix = new Nix({
  toolchain: await findToolchain({ offline: true }),
  logDir: scratch,
  cacheDir: scratch,
  offline: true,
})
const KEY = `ssh-ed25519 ${'A'.repeat(68)} me`
writeFileSync(join(scratch, 'keys'), `# two\n${KEY}\n\n  # none\nssh-ed25519 ${'B'.repeat(68)} other\n`)

const SERVER = resolve(import.meta.dirname, '../../../fixtures/flakes/server')
const folder = resolve(import.meta.dirname, '../../../fixtures/flakes/entries')
const text = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8')
const USER = `{ users.users.simon = { isNormalUser = true; openssh.authorizedKeys.keys = [ ${nixString(KEY)} ]; }; }`
const settings = (more: string): string => `{ services.openssh.settings = { ${more} }; }`

const HOSTS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  off: ['({ lib, ... }: { services.openssh.enable = lib.mkForce false; })'],
  rooted: [`{ users.users.root.openssh.authorizedKeys.keys = [ ${nixString(KEY)} ]; }`],
  file: [`{ users.users.root.openssh.authorizedKeys.keyFiles = [ (/. + ${nixString(join(scratch, 'keys'))}) ]; }`],
  forbidden: [settings('PermitRootLogin = "no"; AllowUsers = [ "simon" ];'), USER],
  wheel: [USER, '{ users.users.simon.extraGroups = [ "wheel" ]; security.sudo.wheelNeedsPassword = false; }'],
  member: [USER, '{ users.groups.wheel.members = [ "simon" ]; }'],
  password: [USER, '{ users.users.simon = { extraGroups = [ "wheel" ]; hashedPassword = "$6$salt$hash"; }; }'],
  locked: [USER, '{ users.users.simon = { extraGroups = [ "wheel" ]; hashedPassword = "!"; }; }'],
  'no-sudo': [USER, '{ users.users.simon.extraGroups = [ "wheel" ]; security.sudo.enable = false; }'],
  matched: ['{ services.openssh.extraConfig = "Match User simon\\n  PubkeyAuthentication no\\n"; }'],
  loopback: ['{ services.openssh.listenAddresses = [ { addr = "127.0.0.1"; } { addr = "::1"; } ]; }'],
  inside: ['{ services.openssh.listenAddresses = [ { addr = "127.0.0.1"; } { addr = "10.8.0.1"; } ]; }'],
  firewalled: ['{ services.openssh.openFirewall = false; }'],
  'by-card': [
    '{ services.openssh.openFirewall = false; networking.firewall.interfaces.eth0.allowedTCPPorts = [ 22 ]; }',
  ],
  'own-rules': [
    '{ services.openssh.openFirewall = false; networking.firewall.extraCommands = "iptables -A nixos-fw -p tcp --dport 22 -j ACCEPT"; }',
  ],
  'by-program': ['{ services.openssh.authorizedKeysCommand = "/run/keys-of"; }'],
  unwalled: ['{ networking.firewall.enable = false; services.openssh.openFirewall = false; }'],
}

const { value } = await nix.eval(
  {
    expression: `let
  evaluate = modules: import (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))}) { inherit modules; system = "x86_64-linux"; };
  entryOf = (${text('entry.nix')}) (${text('../wrapper/ssh.nix')});
  common = /. + ${nixString(join(folder, 'common.nix'))};
in builtins.mapAttrs (name: modules: entryOf (evaluate ([ common { networking.hostName = name; } ] ++ modules))) {
  ${Object.entries(HOSTS)
    .map(([name, modules]) => `${name} = [ ${modules.map(module => `(${module})`).join(' ')} ];`)
    .join('\n  ')}
}`,
  },
  { subject: 'the hosts do not evaluate' },
)
const entries = z.record(z.string(), entrySchema).parse(value)
const entry = (host: string) => entries[host] ?? assert.fail(host)
const account = (host: string, name: string): Account =>
  entry(host).accounts.find(one => one.name === name) ?? assert.fail(`${host}: ${name}`)

test('keys are those of the options, of lists and of files, and root is told with or without', () => {
  const keys = (host: string) => entry(host).accounts.map(({ name, keys }) => `${name} ${keys.length}`)
  assert.deepEqual(['plain', 'rooted', 'file', 'wheel'].map(keys), [
    ['root 0'],
    ['root 1'],
    ['root 2'],
    ['root 0', 'simon 1'],
  ])
  assert.deepEqual(account('rooted', 'root').keys, [KEY])
})

test('what of the settings keeps an account out is that of this account', () => {
  const shut = (name: string) =>
    account('forbidden', name).obstacles.map(({ option, why }) => `${option.split('.').at(-1)}: ${why}`)
  assert.deepEqual(shut('root'), ['PermitRootLogin: root may not log in', 'AllowUsers: root is not among them'])
  assert.deepEqual(shut('simon'), [])
})

test('how root is become', () => {
  const way = (host: string) => {
    const { rootBy, hasPassword } = account(host, 'simon')
    return `${rootBy}${hasPassword ? ', with a password' : ''}`
  }
  assert.equal(account('plain', 'root').rootBy, 'itself')
  assert.deepEqual(
    Object.fromEntries(
      ['forbidden', 'wheel', 'member', 'password', 'locked', 'no-sudo'].map(host => [host, way(host)]),
    ),
    {
      forbidden: 'none',
      wheel: 'wheel',
      member: 'password',
      password: 'password, with a password',
      locked: 'password',
      'no-sudo': 'none',
    },
  )
})

test('what keeps every connection away, and what may', () => {
  const seen = (host: string) => {
    const { enabled, isMatched, isOpenToAll, listensToAll, asksProgram, obstacles } = entry(host)
    const doubts = [
      !listensToAll && 'some addresses',
      isMatched && 'Match',
      asksProgram && 'keys by a program',
      !isOpenToAll && 'not to all',
      !enabled && 'off',
    ].filter(Boolean)
    return [...doubts, ...obstacles.map(({ why }) => why)].join(', ')
  }
  const hosts = [
    'plain',
    'off',
    'matched',
    'loopback',
    'inside',
    'firewalled',
    'by-card',
    'own-rules',
    'unwalled',
    'by-program',
  ]
  assert.deepEqual(Object.fromEntries(hosts.map(host => [host, seen(host)])), {
    plain: '',
    off: 'not to all, off, the firewall drops what comes to port 22',
    matched: 'Match',
    loopback: 'some addresses, nothing reaches it from outside',
    inside: 'some addresses',
    firewalled: 'not to all, the firewall drops what comes to port 22',
    'by-card': 'not to all',
    'own-rules': 'not to all',
    unwalled: '',
    'by-program': 'keys by a program',
  })
})

test('the sentence: a key that is there, one that is not, and none', async () => {
  const project = join(scratch, 'project')
  mkdirSync(join(project, 'features'), { recursive: true })
  const [, line = ''] =
    /"(ssh-ed25519 [^"]*)"/.exec(readFileSync(join(SERVER, 'modules/nixos/hardened.nix'), 'utf8')) ?? []
  const scenarios = ['right', 'wrong', 'none'].map(name => {
    // Locked by a passphrase: what is public of it stands beside it.
    if (name !== 'none') writeFileSync(join(project, name), 'a key under a passphrase')
    return `  Scenario: ${name}\n    Given the flake "${SERVER}"\n    Then my key gets into host "fsn1"\n`
  })
  writeFileSync(join(project, 'right.pub'), line)
  writeFileSync(join(project, 'wrong.pub'), KEY)
  writeFileSync(join(project, 'features/key.feature'), `Feature: Keys\n${scenarios.join('\n')}`)
  const run = async (name: string) => {
    const args = ['--machine', `fsn1=ssh://deploy@192.0.2.1?identity=${name}`, '--name', `^${name}$`]
    const { all, exitCode } = await execa('node', [resolve('bin/nixcumber.js'), 'run', '--offline', ...args], {
      ...{ cwd: project, all: true, reject: false },
    })
    return { all, exitCode }
  }
  const [right, wrong, none] = [await run('right'), await run('wrong'), await run('none')]
  assert.deepEqual(
    [right.exitCode, wrong.exitCode, none.exitCode],
    [0, 1, 3],
    `${right.all}\n${wrong.all}\n${none.all}`,
  )
  assert.match(wrong.all, /Your key does not get into host "fsn1"\n[\s\S]*deploy: it has other keys, and none of yours/)
  assert.match(none.all, /could not be checked: no key of yours was found in .*\/none/)
})
