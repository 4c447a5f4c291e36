import assert from 'node:assert/strict'
import test from 'node:test'
import { lookAlikeLimit } from './look-alike-limit.ts'

const SERVICE = 'services.postgresql.enable: the offline look-alike has no such service; run without --offline'
const unknown = (name: string, near = ''): string =>
  `The option `.concat('`', name, "' does not exist. Definition values:", near)

const LIMITS: readonly (readonly [name: string, shown: string, offline: boolean])[] = [
  ['a service that it has not', `Failed assertions:\n- ${SERVICE}`, true],
  [
    'a program',
    'pkgs.caddy: not among the programs of Debian that the offline nixpkgs has; run without --offline for it',
    true,
  ],
  [
    'a system',
    'nixcumber offline: the system "riscv64-linux" is not one that the look-alike of nixpkgs\' lib knows',
    true,
  ],
  [
    'an option with nothing like it',
    unknown('services.tailscale-router.enable', "\n\nDid you mean `services.nginx' or `services.cron'?"),
    true,
  ],
  ['an option without a suggestion', unknown('programs.zzz'), true],
  [
    'a file of an input',
    "path '/nix/store/6xi2q4c80jcgjkd52f420d85372wcf83-source/flake-module.nix' does not exist",
    true,
  ],
]
for (const [name, shown, offline] of LIMITS)
  test(`a limit of the look-alike: ${name}`, () => {
    const reading = lookAlikeLimit(shown, offline)
    assert.equal(reading?.fault, 'environment')
    assert.match(reading?.hint ?? '', /offline look-alike.*without --offline/)
  })

const OTHERS: readonly (readonly [name: string, shown: string, offline: boolean])[] = [
  ["a file of the user's", "path 'modules/none.nix' does not exist", true],
  ["a file of a real input's", "path '/nix/store/6xi2q4c80jcgjkd52f420d85372wcf83-source/x.nix' does not exist", false],
  [
    'a typing error',
    unknown('services.ngnix', "\n\nDid you mean `services.nginx', `services.cron' or `services.dbus'?"),
    true,
  ],
  ['an unknown option of the real NixOS', unknown('programs.zzz'), false],
  [
    'an assertion of the configuration beside one of the look-alike',
    `Failed assertions:\n- ${SERVICE}\n- no root file system`,
    true,
  ],
  ['an assertion of the configuration', 'Failed assertions:\n- no root file system', true],
]
for (const [name, shown, offline] of OTHERS)
  test(`the configuration's fault: ${name}`, () => assert.equal(lookAlikeLimit(shown, offline), undefined))
