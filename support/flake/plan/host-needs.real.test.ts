/** What hosts of the look-alike nixpkgs need of their computer, by what they say. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import { LOOK_ALIKES } from '../written/offline-inputs.ts'
import { needsSchema } from './host-needs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-needs-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const nix = new Nix({
  ...{ toolchain: await findToolchain({ offline: true }), logDir: scratch, cacheDir: scratch, offline: true },
})
const inNix = (path: string): string => `(/. + ${nixString(path)})`
const ROOT = '{ device = "/dev/sda1"; fsType = "ext4"; }'

/** All hosts in one evaluation. */
const { value } = await nix.eval(
  {
    expression: `let
  evaluate = module: import ${inNix(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))} { modules = [ { services.openssh.enable = true; boot.loader.grub.device = "/dev/sda"; } module ]; system = "x86_64-linux"; };
  hosts = builtins.mapAttrs (_: evaluate) {
    plain.fileSystems."/" = ${ROOT};
    blacklist = { fileSystems."/" = ${ROOT}; boot.blacklistedKernelModules = [ "e1000e" ]; };
    memory.fileSystems."/" = { device = "none"; fsType = "tmpfs"; };
    bound.fileSystems = { "/" = ${ROOT}; "/etc/ssh" = { device = "/persist/etc/ssh"; options = [ "bind" ]; }; };
    own.fileSystems = { "/" = { device = "none"; fsType = "tmpfs"; }; "/etc/ssh" = ${ROOT}; };
    card = { fileSystems."/" = ${ROOT}; systemd.network = { enable = true; networks."10-wan" = { matchConfig.MACAddress = "96:00:01:AB:CD:EF"; networkConfig.DHCP = "yes"; }; }; };
  };
in builtins.mapAttrs (name: _: import ${inNix(join(import.meta.dirname, '../wrapper/needs.nix'))} hosts name) hosts`,
  },
  { subject: 'what hosts need' },
)
const hosts = z.record(z.string(), needsSchema).parse(value)

test('what is blacklisted is told', () => {
  assert.ok(hosts.blacklist?.blacklisted.includes('e1000e'))
  assert.ok(!hosts.plain?.blacklisted.includes('e1000e'))
})

for (const [name, isKept] of [
  ['plain', true],
  ['memory', false],
  ['bound', false],
  ['own', true],
] as const)
  test(`the host keys of ${name} ${isKept ? 'stay' : 'do not stay'}`, () =>
    assert.equal(hosts[name]?.keepsEtcSsh, isKept))

test('a MAC address is in small letters, as ip(8) shows it', () =>
  assert.deepEqual(hosts.card?.network.claims[0]?.macs, ['96:00:01:ab:cd:ef']))
