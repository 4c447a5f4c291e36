/** The ways in which people call nixosSystem, after what den, nixos-unified, blueprint and dendritic repositories do: each evaluates, as a host and as a machine. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { ConfigurationBroken, EnvironmentBroken } from '../core/errors.ts'
import { nixString } from '../nix/nix-string.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'
import { FlakeInPlay } from './flake-in-play.ts'
import { Flakes } from './flakes.ts'
import { writeWrapper } from './wrapper.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-host-kinds-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })

/** What any of the hosts is made of; `base` is in scope everywhere. */
const BASE = `base = {
    nixpkgs.hostPlatform = "x86_64-linux";
    fileSystems."/".device = "/dev/vda";
    boot.loader.grub.device = "nodev";
    networking.hostName = "kind";
    system.stateVersion = "25.11";
  };`

interface Kind {
  /** Of \`nixpkgs\`. */
  readonly input?: string
  readonly nixConfig?: string
  /** An expression for \`nixosConfigurations\`, with lib, nixpkgs, inputs and base in scope. */
  readonly hosts: string
  readonly host?: string
  readonly files?: Readonly<Record<string, string>>
}

const flakeText = ({ input = '', nixConfig = '', hosts }: Kind): string => `{
  ${nixConfig}
  inputs.nixpkgs = { url = "github:NixOS/nixpkgs/nixos-unstable"; ${input} };
  outputs = inputs@{ self, nixpkgs }: let
  lib = nixpkgs.lib or (import "\${nixpkgs}/lib");
  ${BASE}
  in { nixosConfigurations = ${hosts}; };
}
`

const KINDS: Readonly<Record<string, Kind>> = {
  'nixosSystem with special arguments': {
    hosts: `{ kind = lib.nixosSystem { specialArgs = { inherit inputs; flake = self; }; modules = [ base ({ inputs, flake, ... }: { networking.domain = if inputs ? nixpkgs && flake ? outPath then "x" else throw "no"; }) ]; }; }`,
  },
  'system given in the old way': {
    hosts: `{ kind = lib.nixosSystem { system = "x86_64-linux"; modules = [ (removeAttrs base [ "nixpkgs" ]) ]; }; }`,
  },
  'overridable by lib.makeOverridable': {
    hosts: `{ kind = lib.makeOverridable lib.nixosSystem { modules = [ base ]; }; }`,
  },
  'den: instantiated by an option of a module system': {
    hosts: `(lib.evalModules { modules = [
      { options.hosts = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule ({ config, ... }: {
          options.instantiate = lib.mkOption { type = lib.types.raw; default = lib.nixosSystem; };
          options.module = lib.mkOption { type = lib.types.deferredModule; };
        })); };
        options.out = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.raw; }; }
      ({ config, ... }: { hosts.kind.module = base;
        out = lib.mapAttrs (_: host: host.instantiate { modules = [ host.module { nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux"; } ]; }) config.hosts; })
    ]; }).config.out`,
  },
  'nixos-unified: a function that adds its own modules': {
    hosts: `let mkLinuxSystem = mod: inputs.nixpkgs.lib.nixosSystem { specialArgs = { flake = { inherit self inputs; }; }; modules = [ mod { imports = [ ({ flake, ... }: { environment.etc."flake".text = toString (flake.inputs ? nixpkgs); }) ]; } ]; };
    in builtins.mapAttrs (name: fn: fn ./host.nix) { kind = mkLinuxSystem; }`,
    files: {
      'host.nix': `{ pkgs, lib, ... }: let ${BASE} in { imports = [ base ]; environment.systemPackages = [ pkgs.bash ]; }`,
    },
  },
  'blueprint: values beside their class': {
    hosts: `lib.mapAttrs (_: x: x.value) (lib.filterAttrs (_: x: x.class == "nixos") { mac = { class = "darwin"; value = throw "no mac here"; }; kind = { class = "nixos"; value = lib.nixosSystem { modules = [ base ]; specialArgs.hostName = "kind"; }; }; })`,
  },
  'nixpkgs that is no flake: eval-config by its file': {
    input: 'flake = false;',
    hosts: `{ kind = import "\${nixpkgs}/nixos/lib/eval-config.nix" { system = null; modules = [ base ]; }; }`,
  },
  'evaluated in an option, and further attributes on top': {
    hosts: `let made = (lib.evalModules { modules = [ { options.configuration = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.raw; }; config.configuration = lib.nixosSystem { modules = [ base ]; }; } ]; }).config.configuration; in { kind = made // { deploy.hostname = "kind.example"; }; }`,
  },
  'only config and options are handed out': {
    hosts: `{ kind = { inherit (lib.nixosSystem { modules = [ base ]; }) config options; }; }`,
  },
  'only config and _module are handed out': {
    hosts: `{ kind = { inherit (lib.nixosSystem { modules = [ base ]; }) config _module; }; }`,
  },
  'beside others that throw, or are no hosts': {
    hosts: `{ broken = throw "not this one"; helper = x: x; text = "no host"; empty = { }; kind = lib.nixosSystem { modules = [ base ]; }; }`,
  },
  'a name that is no word': {
    hosts: `{ "web.example \\"1\\"" = lib.nixosSystem { modules = [ base ]; }; }`,
    host: 'web.example "1"',
  },
  'pipes, asked for by nixConfig': {
    nixConfig: 'nixConfig.extra-experimental-features = [ "pipe-operators" ];',
    hosts: `import ./hosts.nix { inherit lib base; }`,
    files: {
      'hosts.nix':
        '{ lib, base }: { kind = [ base ]; } |> builtins.mapAttrs (_: modules: lib.nixosSystem { inherit modules; })\n',
    },
  },
}

let count = 0
function play(kind: Kind): { flake: FlakeInPlay; flakes: Flakes; folder: string } {
  count += 1
  const folder = join(scratch, `${count}`)
  mkdirSync(folder)
  for (const [name, text] of Object.entries({ ...kind.files, 'flake.nix': flakeText(kind) }))
    writeFileSync(join(folder, name), text)
  const progress = { start: () => ({ update() {}, done() {} }), note() {} }
  const flakes = new Flakes({
    ...{ projectDir: folder, offline: true, cacheDir: join(scratch, 'cache'), progress },
    ...{ scratch: join(scratch, 'work'), logDir: join(scratch, 'log', `${count}`), toolchain: async () => toolchain },
  })
  return { flake: new FlakeInPlay(flakes), flakes, folder }
}

const planSchema = z.object({ system: z.literal('x86_64-linux'), vm: z.string().regex(/^\/nix\/store\/.*\.drv$/) })

/** What `makeBootPlan` asks for, without what it builds. */
async function planOf({ flake, flakes, folder }: ReturnType<typeof play>, host: string): Promise<void> {
  const subject = await flake.subject()
  const settings = { authorizedKey: 'ssh-ed25519 AAAA x', agent: 'exit' }
  const target = await writeWrapper(folder, await subject.wrapped(), settings, { offline: true })
  const question = { subject: 'the machine does not evaluate', settings: await subject.settings() }
  const { value } = await (await flakes.nix()).eval(target, question, `plan: plan ${nixString(host)}`)
  planSchema.parse(value)
}

for (const [name, kind] of Object.entries(KINDS))
  test(`a host: ${name}`, async () => {
    const { host = 'kind' } = kind
    const played = play(kind)
    await played.flake.evaluateHost(host)
    await planOf(played, host)
  })

test('one whose config alone is handed out evaluates, and cannot be made a machine: no verdict on it', async () => {
  const played = play({ hosts: '{ kind = { inherit (lib.nixosSystem { modules = [ base ]; }) config pkgs; }; }' })
  await played.flake.evaluateHost('kind')
  await assert.rejects(planOf(played, 'kind'), (error: unknown) => {
    assert.ok(error instanceof EnvironmentBroken, String(error))
    assert.match(error.message, /cannot be extended[\s\S]*Next +put what nixosSystem returns/)
    return true
  })
})

test('a container evaluates, has no kernel, and is no machine, unless its variant is none', async () => {
  const container = (more: string) =>
    play({ hosts: `{ kind = lib.nixosSystem { modules = [ base { boot.isContainer = true; ${more} } ]; }; }` })
  const played = container('')
  await played.flake.evaluateHost('kind')
  await assert.rejects(planOf(played, 'kind'), (error: unknown) => {
    assert.ok(error instanceof EnvironmentBroken, String(error))
    assert.match(error.message, /kind is a container \(boot\.isContainer\)[\s\S]*Next +ask it where it runs/)
    return true
  })
  await planOf(container('virtualisation.vmVariant.boot.isContainer = lib.mkForce false;'), 'kind')
})

test('QEMU is that of the first host that has a nixpkgs; the others may be broken, or no hosts', async () => {
  const others = 'a = throw "x"; b = x: x; c = { }; d = { inherit (lib.nixosSystem { modules = [ base ]; }) config; };'
  const subject = (hosts: string) => play({ hosts }).flake.subject()
  const made = await subject(`{ ${others} z = lib.nixosSystem { modules = [ base ]; }; }`)
  assert.match((await made.qemu()) ?? '', /^\/nix\/store\/.*qemu.*\.drv$/)
  assert.equal(await (await subject(`{ ${others} }`)).qemu(), undefined)
})

test('what is no host is told so, and does not keep the others from being judged', async () => {
  const { flake } = play({ hosts: '{ helper = x: x; empty = { }; text = "no host"; }' })
  for (const [host, words] of [
    ['helper', 'a lambda'],
    ['empty', 'a set without config'],
    ['text', 'a string'],
  ] as const)
    await assert.rejects(flake.evaluateHost(host), (error: unknown) => {
      assert.ok(error instanceof ConfigurationBroken, String(error))
      assert.ok(
        error.message.includes(`nixosConfigurations.${host} is ${words}, and no NixOS configuration`),
        error.message,
      )
      return true
    })
  await assert.rejects(flake.evaluate(), /is a set without config/)
})
