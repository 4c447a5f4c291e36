/** Which hosts let nixcumber's key in, found by evaluation: one host for each option that may keep it out. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { SourceMap } from '../../nix/reason/source-map.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import { LOOK_ALIKES } from '../written/offline-inputs.ts'
import { obstacleSchema, showObstacle } from './ssh-obstacle.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-entries-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })
const HOSTS = resolve(import.meta.dirname, '../../../fixtures/flakes/entries')
const sources = new SourceMap({ folder: HOSTS })

/** All hosts in one evaluation. */
const { value } = await nix.eval(
  {
    expression: `let
  evaluate = modules: import (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))}) { inherit modules; system = "x86_64-linux"; };
  folder = /. + ${nixString(HOSTS)};
  hosts = builtins.mapAttrs (name: module: evaluate [ (folder + "/common.nix") { networking.hostName = name; } module ]) (import (folder + "/hosts.nix"));
  plan = import (/. + ${nixString(join(import.meta.dirname, '../wrapper/wrapper.nix'))}) {
    inherit hosts;
    nixosShell = /. + ${nixString(join(LOOK_ALIKES, 'nixos-shell'))};
    settings = { authorizedKey = "key"; agent = "text"; runner = "x86_64-linux"; };
  };
  # As the machine has it.
  kept = { config, ... }: with config; builtins.concatStringsSep ", " (builtins.filter (word: word != "") [
    (if boot.initrd.systemd.enable then "initrd" else "")
    (if users.mutableUsers then "" else "immutable, \${users.users.root.hashedPassword}")
    (if security.sudo.enable then "sudo" else if security.sudo-rs.enable or false then "sudo-rs" else if security.doas.enable or false then "doas" else "no sudo")
    (baseNameOf (users.users.root.shell.shellPath or users.users.root.shell))
  ]);
  machine = name: (import (/. + ${nixString(join(import.meta.dirname, '../wrapper/machine.nix'))}) {
    host = hosts.\${name};
    nixosShell = /. + ${nixString(join(LOOK_ALIKES, 'nixos-shell'))};
    settings = { authorizedKey = "key"; agent = "text"; runner = "x86_64-linux"; };
  }).machine;
in builtins.mapAttrs (name: _: { inherit (plan name) sshd sshPort sshForbidden; kept = kept (machine name); }) hosts`,
  },
  { subject: 'the hosts do not evaluate' },
)
const plans = z
  .record(
    z.string(),
    z.object({ sshd: z.boolean(), sshPort: z.number(), sshForbidden: z.array(obstacleSchema), kept: z.string() }),
  )
  .parse(value)
const plan = (host: string) => plans[host] ?? assert.fail(`no host ${host}`)
const obstacles = (host: string): string[] => plan(host).sshForbidden.map(obstacle => showObstacle(obstacle, sources))

const SETTINGS = 'services.openssh.settings'
const NOT_READ = 'declared keys are in /etc/ssh/authorized_keys.d/%u, which is not read'
const SHUT: Readonly<Record<string, readonly string[]>> = {
  closed: [
    `${SETTINGS}.AllowUsers = [ simon deploy ], set in hosts/closed.nix: root is not among them`,
    'services.openssh.openFirewall = false, set in hosts/closed.nix: the firewall drops what comes to port 22',
  ],
  'no-root': [`${SETTINGS}.PermitRootLogin = no: root may not log in`],
  'commands-only': [`${SETTINGS}.PermitRootLogin = forced-commands-only: root may not log in`],
  'allow-not-root': [`${SETTINGS}.AllowUsers = [ !root simon ]: root is not among them`],
  'deny-root': [`${SETTINGS}.DenyUsers = [ root ]: root is among them`],
  groups: [`${SETTINGS}.AllowGroups = [ wheel ]: root is in none of them`],
  'deny-groups': [`${SETTINGS}.DenyGroups = [ root ]: root is in one of them`],
  'no-keys': [`${SETTINGS}.PubkeyAuthentication = false: no key is accepted`],
  'two-factors': [`${SETTINGS}.AuthenticationMethods = [ publickey,keyboard-interactive ]: a key alone is not enough`],
  'keys-elsewhere': [`services.openssh.authorizedKeysFiles = [ /srv/keys/%u ]: ${NOT_READ}`],
  loopback: [
    'services.openssh.listenAddresses = [ 127.0.0.1 ]: the runner’s connection comes to the address that DHCP hands out',
  ],
  'only-v6': [
    'services.openssh.listenAddresses = [ :: ]: the runner’s connection comes to the address that DHCP hands out',
  ],
  'tunnel-address': ['services.openssh.listenAddresses = [ 10.8.0.1 ]: the runner’s connection comes to 203.0.113.10'],
  'port-of-address': ['networking.firewall.allowedTCPPorts = [ 22 ]: the firewall drops what comes to port 2222'],
  firewalled: ['services.openssh.openFirewall = false: the firewall drops what comes to port 22'],
  'other-card': ['services.openssh.openFirewall = false: the firewall drops what comes to port 22'],
}

for (const [host, words] of Object.entries(SHUT))
  test(`"${host}" keeps the key out, and it is said by what`, () =>
    assert.deepEqual(
      obstacles(host).map(line => line.replace(/\/nix\/store\/[^/]*\//, '')),
      words.map(line => line.replace('’', "'")),
    ))

test('root without a shell is told', () =>
  assert.match(obstacles('no-shell')[0] ?? '', /^users\.users\.root\.shell = .*nologin.*: root has no shell$/))

test('nothing is said where it is let in, or may be', () => {
  const open = Object.keys(plans).filter(host => !(host in SHUT) && host !== 'no-shell')
  assert.deepEqual(open.flatMap(obstacles), [])
  assert.ok(open.length >= 14, `${open.length} hosts are open`)
})

test('without an sshd it is only said that there is none', () =>
  assert.deepEqual({ ...plan('none'), kept: '' }, { sshd: false, sshPort: 22, sshForbidden: [], kept: '' }))

test('it is asked where it listens, and where the firewall lets it', () =>
  assert.deepEqual(
    ['plain', 'everywhere', 'second-port', 'own-address'].map(host => plan(host).sshPort),
    [22, 2222, 2222, 22],
  ))

test('what says how users are made or root is become is the machine’s as well', () =>
  assert.deepEqual(
    ['plain', 'initrd-systemd', 'immutable', 'sudo-rs', 'run0', 'doas', 'no-sudo', 'dash-shell', 'fish-shell'].map(
      host => `${host}: ${plan(host).kept}`,
    ),
    [
      'plain: sudo, bash',
      'initrd-systemd: initrd, sudo, bash',
      'immutable: immutable, $6$salt$hash, sudo, bash',
      'sudo-rs: sudo-rs, bash',
      'run0: no sudo, bash',
      'doas: doas, bash',
      'no-sudo: no sudo, bash',
      'dash-shell: sudo, dash',
      'fish-shell: sudo, fish',
    ],
  ))
