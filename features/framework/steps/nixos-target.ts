/** A NixOS that runs, in namespaces: what nixcumber deploys to. Its system is the host's of a suite, before the last commit. */
import { execFileSync } from 'node:child_process'
import { After, EnvironmentBroken, Given, type NixWorld, reads, Then, When } from 'nixcumber'
import type { LabHost } from '../../../support/testing/lab/lab-host.ts'
import { comesToContain, startNixosHost, suiteSystem } from '../../../support/testing/lab/nixos.ts'
import { labSkip } from '../../../support/testing/lab/skip.ts'
import { notMet } from './not-met.ts'
import { trialOf } from './trial.ts'

const targets = new WeakMap<NixWorld, LabHost>()
/** Of a flake whose inputs are replaced; that it is bound is seen all the same. */
const LOCK = '{ "nodes": { "root": {} }, "root": "root", "version": 7 }'
/** Of no key at all. */
const OTHER_KEY = 'fingerprint=SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

function targetOf(world: NixWorld): LabHost {
  const target = targets.get(world)
  if (!target) throw new EnvironmentBroken('No target is there: begin with `Given a NixOS target …`')
  return target
}

function commit(folder: string): void {
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=Simon', '-c', 'user.email=simon@example.org', ...words], { cwd: folder })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=Another edition')
}

Given(
  'a NixOS target that runs host {string} of the suite {string}, in which {string} is now {string}',
  reads(async function (this: NixWorld, host: string, suite: string, from: string, to: string) {
    if (labSkip !== false) throw new EnvironmentBroken(`A NixOS target ${labSkip}`)
    targets.set(this, await startNixosHost(await suiteSystem(host, suite)))
    const trial = trialOf(this)
    trial.copySuite(suite)
    trial.write(`${host}.nix`, trial.read(`${host}.nix`).replaceAll(from, to))
    trial.write('flake.lock', LOCK)
    trial.write('.gitignore', '.nixcumber\n*.verdict.json')
    commit(trial.folder)
  }),
)

Given(
  'the target has the file {string}',
  reads(async function (this: NixWorld, file: string) {
    await targetOf(this).must('touch', file)
  }),
)

const gate = (host: string, url: string, words: string): string =>
  `gate ${host} --offline --level vm --target '${url}' ${words}`

When(
  'host {string} is brought to the target with {string}',
  reads(async function (this: NixWorld, host: string, words: string) {
    await trialOf(this).call(gate(host, targetOf(this).url, words))
  }),
)

When(
  'host {string} is brought to the target with {string} and killed when it says {string}',
  reads(async function (this: NixWorld, host: string, words: string, said: string) {
    const trial = trialOf(this)
    trial.expected = true
    await trial.interrupt(gate(host, targetOf(this).url, words), said, ['SIGKILL'])
  }),
)

When(
  'host {string} is brought to a target of another key with {string}',
  reads(async function (this: NixWorld, host: string, words: string) {
    const url = targetOf(this).url.replace(/fingerprint=.*/, OTHER_KEY)
    await trialOf(this).call(gate(host, url, words))
  }),
)

Then(
  'the file {string} of the target comes to contain {string}',
  reads(async function (this: NixWorld, file: string, wanted: string) {
    const found = await comesToContain(targetOf(this), file, wanted)
    if (found !== wanted) throw notMet(`The file ${file} of the target`, wanted, found, '')
  }),
)

After(async function (this: NixWorld) {
  await targets.get(this)?.[Symbol.asyncDispose]()
})
