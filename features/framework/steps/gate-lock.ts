/** A flake of a few lines with real inputs, folders of this computer: what its lock says counts, as it does not where inputs are replaced. */
import { join } from 'node:path'
import { Given, type NixWorld, reads, When } from 'nixcumber'
import { lockFlake } from '../../../support/testing/lock-flake.ts'
import { commit, git, keysFor } from './gate.ts'
import { ROOT, type Trial, trialOf } from './trial.ts'

const inputs = (name: string): string => `path:${encodeURI(join(ROOT, 'fixtures/inputs', name))}`

const flakeOf = (library: string): string => `{
  inputs.library = { url = "${library}"; flake = false; };
  # inputs.more = { url = "${inputs('flake-parts')}"; flake = false; };
  outputs = _: {
    nixosConfigurations.t14.config.system.build.toplevel = derivation {
      name = "nixos-system-t14";
      system = "x86_64-linux";
      builder = "/bin/sh";
      args = [ "-c" "echo > $out" ];
    };
  };
}`

const FEATURE = `Feature: The laptop
  Scenario: It evaluates
    Then host "t14" evaluates`

/** Its lock as Nix writes it. */
async function lockedFlake(trial: Trial, library: string): Promise<void> {
  trial.write('few/flake.nix', flakeOf(library))
  trial.write('nixcumber.config.json', JSON.stringify({ flake: 'few', facts: false }))
  trial.write('features/t14.feature', FEATURE)
  keysFor(trial.folder)
  const folder = join(trial.folder, 'few')
  git(folder, 'init', '--quiet')
  git(folder, 'add', '--all')
  await lockFlake(folder, trial.folder)
  commit(folder)
}

Given(
  'a flake of a few lines under git, with its lock',
  reads(function (this: NixWorld) {
    return lockedFlake(trialOf(this), inputs('import-tree'))
  }),
)

Given(
  'a flake of a few lines under git, whose lock has an input as it was changed',
  reads(function (this: NixWorld) {
    const trial = trialOf(this)
    const library = join(trial.folder, 'library')
    trial.write('library/file', 'as it was')
    git(library, 'init', '--quiet')
    commit(library)
    trial.write('library/file', 'as it is')
    return lockedFlake(trial, `git+file://${library}`)
  }),
)

When(
  'the flake in {string} is committed',
  reads(function (this: NixWorld, folder: string) {
    commit(join(trialOf(this).folder, folder))
  }),
)

When(
  'the lock in {string} does not say any more what its input is',
  reads(function (this: NixWorld, folder: string) {
    const trial = trialOf(this)
    trial.write(`${folder}/flake.lock`, trial.read(`${folder}/flake.lock`).replace(/\s*"narHash": "[^"]*",/, ''))
  }),
)
