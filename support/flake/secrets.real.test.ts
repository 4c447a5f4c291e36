/** What a host expects beside its configuration, found by evaluation: real Nix, and hosts with options of sops-nix and agenix. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { findToolchain } from '../nix/find-toolchain.ts'
import { Nix } from '../nix/nix.ts'
import { nixString } from '../nix/nix-string.ts'
import { type HostSecrets, hostSecretsSchema, nameOf } from './host-secret.ts'
import { LOOK_ALIKES } from './offline-inputs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-secrets-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const nix = new Nix({
  toolchain: await findToolchain({ offline: true }),
  logDir: scratch,
  cacheDir: scratch,
  offline: true,
})

/** All hosts of the suite in one evaluation. */
const { value } = await nix.eval(
  {
    expression: `let
  suite = /. + ${nixString(resolve(import.meta.dirname, '../../fixtures/suites/sealed'))};
  evaluate = name: module: import (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))}) {
    system = "x86_64-linux";
    modules = [ (suite + "/modules/sops.nix") (suite + "/modules/age.nix") { networking.hostName = name; system.stateVersion = "25.05"; } module ];
  };
in builtins.mapAttrs (name: module: import (/. + ${nixString(join(import.meta.dirname, 'wrapper/secrets.nix'))}) (evaluate name module)) (import (suite + "/hosts.nix"))`,
  },
  { subject: 'the hosts do not evaluate' },
)
const of = (host: string): HostSecrets => hostSecretsSchema.parse((value as Record<string, unknown>)[host])
const told = (host: string) => of(host).found.map(secret => [nameOf(secret), secret.keys, secret.units, secret.users])

const KEY = '/var/lib/sops-nix/key.txt'

test('secrets of sops-nix and agenix are found with their keys, and with what needs them', () =>
  assert.deepEqual(told('sealed'), [
    ['page', [KEY], ['page.service'], []],
    ['simon-password', [KEY], [], ['simon']],
    ['token', [KEY], ['token.service'], []],
    ['/srv/keys/mail.env', ['/srv/keys/mail.env'], ['mail.service'], []],
  ]))

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
