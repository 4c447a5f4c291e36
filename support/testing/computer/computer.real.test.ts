/** All of nixcumber on a computer that has Nix and Node.js and next to nothing else, as an ordinary user, without --offline. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyGuest } from '../../machine/testing/tiny-guest.ts'
import { Computer } from './computer.ts'
import { PATH_WITHOUT_NIX } from './enter.ts'

const INPUTS = 'path:/srv/nixcumber/fixtures/inputs'
const FLAKE = `{
  inputs.nixpkgs.url = "${INPUTS}/nixpkgs";
  inputs.nixos-shell.url = "${INPUTS}/nixos-shell";
  outputs = { nixpkgs, ... }: { nixosConfigurations.box = nixpkgs.lib.nixosSystem { modules = [ ./box.nix ]; }; };
}
`
const BOX = `{
  networking.hostName = "box";
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/" = { device = "/dev/sda1"; fsType = "ext4"; };
  boot.loader.grub.enable = false;
  system.stateVersion = "25.05";
}
`
const DENDRITIC = `{
  inputs.nixpkgs.url = "${INPUTS}/nixpkgs";
  inputs.nixos-shell.url = "${INPUTS}/nixos-shell";
  inputs.flake-parts.url = "${INPUTS}/flake-parts";
  inputs.import-tree.url = "${INPUTS}/import-tree";
  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules);
}
`
const DENDRITIC_HOST = `{ inputs, config, ... }:
{
  systems = [ "x86_64-linux" ];
  flake.modules.nixos.box = ${BOX.replaceAll('\n', '\n  ').trimEnd()};
  flake.nixosConfigurations = builtins.mapAttrs (_: box: inputs.nixpkgs.lib.nixosSystem { modules = [ box ]; }) config.flake.modules.nixos;
}
`
const EVALUATED = `Feature: evaluated
  Scenario: the configuration says so
    Given the flake "."
    Then the flake evaluates
    And option "networking.hostName" of host "box" is "box"
`
const IMAGE = `Feature: image
  Scenario: it answers
    Given machine "tiny" is running
    Then the command "hostname" prints "tiny"
`
/** What only a machine needs. */
const OF_MACHINES = ['nixcumber/gcroots', 'nixcumber/accelerator.json', 'nixcumber/machines']

const computer = await Computer.start()
test.after(() => computer[Symbol.asyncDispose]())
computer.write('project/flake.nix', FLAKE)
computer.write('project/box.nix', BOX)
computer.write('project/features/evaluated.feature', EVALUATED)
computer.write('dendritic/flake.nix', DENDRITIC)
computer.write('dendritic/modules/box.nix', DENDRITIC_HOST)
computer.write('project/features/image.feature', IMAGE)

const ended = ({ text, exitCode }: { text: string; exitCode: number }, code: number, words: RegExp): void => {
  assert.match(text, words)
  assert.equal(exitCode, code, text)
}

test('the computer is what it is said to be', async () => {
  const look = 'for file in /bin/* /usr/bin/* /usr/sbin /sbin; do [ -e "$file" ] && echo "$file"; done'
  assert.equal((await computer.run(['sh', '-c', look])).text, '/bin/sh\n/usr/bin/env')
  const { text } = await computer.run([
    'sh',
    '-c',
    'cat /proc/self/status; cat /dev/null >/nix/store/x; git; qemu-img; bash; nix',
  ])
  assert.match(text, /^Uid:\t[1-9]/m)
  assert.match(text, /cannot create \/nix\/store\/x: Read-only/)
  for (const program of ['git', 'qemu-img', 'bash']) assert.match(text, new RegExp(`${program}: not found`))
})

test('doctor tries what a run needs, and finds nothing wrong', async () => {
  const { text, exitCode } = await computer.nixcumber(['doctor'])
  assert.match(text, /✓ Nix +2\.\d+\.\d+, \/nix\/var\/nix\/profiles\/default\/bin\/nix: evaluated with flakes on\n/)
  assert.match(text, /✓ Nix store +a tiny derivation was built through NIX_REMOTE=daemon: \/nix\/store\//)
  assert.match(text, /✓ QEMU +no qemu-system-x86_64 in PATH: Nix builds or fetches that of the flake's own nixpkgs/)
  assert.equal(exitCode, 0, text)
})

test('what is evaluated needs Nix alone', async () => {
  ended(await computer.nixcumber(['run', 'features/evaluated.feature']), 0, /^GO +1 scenario held/m)
  for (const path of OF_MACHINES) assert.ok(!computer.has(`.cache/${path}`), path)
})

test("an image runs by the QEMU of the flake's nixpkgs, where PATH has none", async () => {
  await using guest = await tinyGuest()
  computer.copy(guest.folder, 'image')
  const words = ['run', '--machine', 'tiny=image:../image', 'features/image.feature']
  ended(await computer.nixcumber(words), 0, /building QEMU of the flake's nixpkgs[\s\S]*^GO +tiny: 1 scenario held/m)
})

test('init and run, and nothing else, end in a verdict about a host of a dendritic flake', async () => {
  const inFlake = (...words: readonly string[]) => computer.nixcumber(words, {}, 'dendritic')
  const began = await inFlake('init')
  ended(began, 0, /Nix is asked[\s\S]*^wrote +features\/box\.feature$/m)
  // What this computer cannot do is not advised.
  assert.doesNotMatch(began.text, /--offline/)
  ended(await inFlake('run'), 0, /^GO +box: 2 scenarios held/m)
  // By the QEMU that its script names, which is kept for the next.
  assert.match(computer.read('dendritic/.nixcumber/runs/latest/run.json'), /"qemuVersion": *"1?\d\.\d+/)
  ended(await inFlake('doctor'), 0, /✓ QEMU +\d+\.\d+\.\d+, kept from an earlier machine, /)

  computer.write('dendritic/modules/box.nix', DENDRITIC_HOST.replace('"box";', '7;'))
  const broken = await inFlake('run', '--tags', 'not @vm')
  ended(broken, 1, /^NO-GO +[\s\S]*1 scenario did not hold/m)
  assert.match(broken.text, /networking\.hostName/)
})

test('without Nix, doctor and run tell the same, and what to do', async () => {
  const env = { PATH: PATH_WITHOUT_NIX }
  for (const words of [['doctor'], ['run', 'features/evaluated.feature']])
    ended(
      await computer.nixcumber(words, env),
      3,
      /Nix is needed, and there is none that will do[\s\S]*no nix in PATH; and no apt[\s\S]*install Nix/,
    )
})

test('with a daemon that is not there, doctor and run tell the same', async () => {
  const env = { NIX_REMOTE: 'unix:///nix/var/nix/daemon-socket/nobody' }
  for (const words of [['doctor'], ['run', 'features/evaluated.feature']])
    ended(await computer.nixcumber(words, env), 3, /cannot connect to socket[\s\S]*the Nix store cannot be used/)
})

test('a live host is asked without Nix', async () => {
  const words = ['run', '--machine', 'tiny=ssh://root@127.0.0.1:9', 'features/image.feature']
  const { text, exitCode } = await computer.nixcumber(words, { PATH: PATH_WITHOUT_NIX })
  assert.equal(exitCode, 3, text)
  assert.match(text, /No ssh connection to root@127\.0\.0\.1:9[\s\S]*ECONNREFUSED/)
  assert.doesNotMatch(text, /Nix is needed/)
})
