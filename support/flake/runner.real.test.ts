/** A host of another system: which programs start its machine. The option of NixOS alone, for the look-alike has packages of one system. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { Nix } from '../nix/evaluate/nix.ts'
import { nixString } from '../nix/nix-string.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'
import { LOOK_ALIKES } from './written/offline-inputs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-runner-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })

/** Stands in for nixpkgs: says how it was called. */
writeFileSync(join(scratch, 'default.nix'), '{ system, config, overlays }: { made = system; }\n')

const hostPkgs = async (system: string, declared: boolean): Promise<unknown> => {
  const expression = `let
    lib = import (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs/lib'))});
    option = { options.virtualisation = ${declared ? '{ host.pkgs = lib.mkOption { type = lib.types.raw; default = { made = "its own"; }; }; }' : '{ }'}; };
    pkgs = { path = /. + ${nixString(scratch)}; stdenv.hostPlatform.system = ${nixString(system)}; };
    runner = import (/. + ${nixString(join(import.meta.dirname, 'wrapper/runner.nix'))}) "x86_64-linux";
  in (lib.evalModules { modules = [ option runner { _module.args = { inherit pkgs; }; } ]; }).config.virtualisation.host.pkgs.made or "no such option"`
  return (await nix.eval({ expression }, { subject: 'it does not evaluate' })).value
}

test('the programs of the runner start a machine of another system', async () => {
  assert.equal(await hostPkgs('aarch64-linux', true), 'x86_64-linux')
  assert.equal(await hostPkgs('x86_64-linux', true), 'its own')
  assert.equal(await hostPkgs('aarch64-linux', false), 'no such option')
})
