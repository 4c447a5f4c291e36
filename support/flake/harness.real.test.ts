import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { findToolchain } from '../nix/find-toolchain.ts'
import { Nix } from '../nix/nix.ts'
import { nixString } from '../nix/nix-string.ts'
import { HARNESS_OPTIONS } from './harness-options.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-harness-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })

/** The harness module, given a lib that leaves every value as it is; the names of all it sets, down to the values. */
const paths = (options: string): string => `let
  lib = { mkForce = v: v; mkOverride = _: v: v; mkMerge = v: v; optionalAttrs = c: s: if c then s else { }; };
  module = import (/. + ${nixString(join(import.meta.dirname, 'harness.nix'))}) {
    settings = { authorizedKey = "key"; agent = "text"; memorySize = 1; cores = 1; };
    host.config.networking.firewall.enable = true;
  } { inherit lib; options = ${options}; pkgs.bash = "bash"; };
  leaves = at: v: if builtins.isAttrs v && v != { } then builtins.concatMap (n: leaves (at ++ [ n ]) v.\${n}) (builtins.attrNames v) else [ (builtins.concatStringsSep "." at) ];
in builtins.concatMap (leaves [ ]) module.config`

async function settings(options: string): Promise<string[]> {
  const { value } = await nix.eval({ expression: paths(options) }, { subject: 'the harness does not evaluate' })
  return z.array(z.string()).parse(value)
}

const ALL = `{
  virtualisation = { useNixStoreImage = 1; sharedDirectories = 1; graphics = 1; forwardPorts = 1; };
  nixos-shell = { inheritPath = 1; mounts = { mountHome = 1; mountNixProfile = 1; }; };
}`
const isListed = (path: string): boolean =>
  HARNESS_OPTIONS.some(({ option }) => path === option || path.startsWith(`${option}.`))

test('the harness sets what the report says, and nothing else', async () => {
  const set = await settings(ALL)
  assert.deepEqual(
    set.filter(path => !isListed(path)),
    [],
  )
  const idle = HARNESS_OPTIONS.filter(
    ({ option }) => !set.some(path => path === option || path.startsWith(`${option}.`)),
  )
  assert.deepEqual(idle, [])
})

test('it asks nothing of a NixOS that has less', async () => {
  const set = await settings('{ virtualisation = { }; }')
  assert.deepEqual(
    set.filter(path => path.startsWith('nixos-shell') || /useNixStoreImage|sharedDirectories|forwardPorts/.test(path)),
    [],
  )
})

test('it never turns sshd on', async () =>
  assert.deepEqual(
    (await settings(ALL)).filter(path => path.includes('openssh') && !path.includes('authorizedKeys')),
    [],
  ))
