/** What a host expects beside its configuration, found by evaluation: real Nix, and hosts with options of sops-nix and agenix. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { Nix } from '../nix/evaluate/nix.ts'
import { nixString } from '../nix/nix-string.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'
import { type HostSecrets, hostSecretsSchema, nameOf } from './plan/host-secret.ts'
import { differenceSchema, toDifference } from './plan/machine-difference.ts'
import { LOOK_ALIKES } from './written/offline-inputs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-secrets-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const nix = new Nix({
  toolchain: await findToolchain({ offline: true }),
  logDir: scratch,
  cacheDir: scratch,
  offline: true,
})

/** All hosts of the suite in one evaluation; and one as a machine, with files handed over and without. */
const { value } = await nix.eval(
  {
    expression: `let
  hosts = import (suite + "/hosts.nix");
  machine = files: import (/. + ${nixString(join(import.meta.dirname, 'wrapper/machine.nix'))}) {
    host = evaluate "sealed" hosts.sealed;
    nixosShell = /. + ${nixString(join(LOOK_ALIKES, 'nixos-shell'))};
    settings = { authorizedKey = "key"; agent = "text"; } // files;
  };
  about = files: let made = machine files; in {
    first = builtins.head (builtins.attrNames made.machine.config.system.activationScripts);
    unit = made.machine.config.systemd.services ? nixcumber-files;
    inherit (made) differences;
  };
  suite = /. + ${nixString(resolve(import.meta.dirname, '../../fixtures/suites/sealed'))};
  evaluate = name: module: import (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))}) {
    system = "x86_64-linux";
    modules = [ (suite + "/modules/sops.nix") (suite + "/modules/age.nix") { networking.hostName = name; system.stateVersion = "25.05"; } module ];
  };
in builtins.mapAttrs (name: module: import (/. + ${nixString(join(import.meta.dirname, 'wrapper/secrets.nix'))}) (evaluate name module)) hosts // { machines = map about [ { } { files = true; } ]; }`,
  },
  { subject: 'the hosts do not evaluate' },
)
const [without, handed] = z
  .object({
    machines: z.array(z.object({ first: z.string(), unit: z.boolean(), differences: z.array(differenceSchema) })),
  })
  .parse(value).machines
const of = (host: string): HostSecrets => hostSecretsSchema.parse((value as Record<string, unknown>)[host])
const told = (host: string) => of(host).found.map(secret => [nameOf(secret), secret.keys, secret.units, secret.users])

const KEY = '/var/lib/sops-nix/key.txt'

test('secrets of sops-nix and agenix are found with their keys, and with what needs them', () =>
  assert.deepEqual(told('sealed'), [
    // The second ends with the first.
    ['page', [KEY], ['page.service', 'visitor.service'], []],
    ['simon-password', [KEY], [], ['simon']],
    ['token', [KEY], ['token.service'], []],
    ['/srv/keys/mail.env', ['/srv/keys/mail.env'], ['mail.service'], []],
  ]))

test('a unit that decrypts needs the key', () =>
  assert.deepEqual(told('unit'), [['page', [KEY], ['sops-install-secrets.service'], []]]))

test('keys that the configuration brings along, and files that something makes, are no matter', () =>
  assert.deepEqual(of('open'), { found: [], unknown: [] }))

test('password files and credentials outside the store are found; of what does not evaluate it is said that it is not known', () => {
  assert.deepEqual(told('plain'), [
    ['/persist/passwords/simon', ['/persist/passwords/simon'], [], ['simon']],
    ['/persist/vault/seal', ['/persist/vault/seal'], ['vault.service'], []],
  ])
  assert.deepEqual(of('plain').unknown, ['sops'])
})

test('a host without secrets has none', () => assert.deepEqual(of('bare'), { found: [], unknown: [] }))

test('files are put into their places before any script of the activation; the report says so, and without files nothing is added', () => {
  assert.equal(handed?.first, '00-nixcumber-files')
  const told = handed?.differences.map(toDifference).filter(({ option }) => option.includes('nixcumber-files')) ?? []
  assert.equal(told.length, 2, JSON.stringify(told))
  for (const { why } of told) assert.equal(why, 'puts the files that were handed over into their places')
  assert.ok(handed?.unit)
  assert.doesNotMatch(JSON.stringify(without), /nixcumber-files/)
  assert.ok(!without?.unit)
})
