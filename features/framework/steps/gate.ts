/** A laptop under git, and the verdict that its gate has given: made once in each process, for it takes the boot of a machine. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Given, type NixWorld, reads, When } from 'nixcumber'
import { notMet } from './not-met.ts'
import { ROOT, trialOf } from './trial.ts'

const FEATURE = `Feature: The laptop
  Scenario: Twelve cores
    Then option "nix.settings.cores" of host "t14" is "12"

  Scenario: It comes up
    Given machine "t14" is running
    Then the system is running`

/** Of a flake whose inputs are replaced; that it is bound is seen all the same. */
const LOCK = '{ "nodes": { "root": {} }, "root": "root", "version": 7 }'

/** Always the same commit of the same files, so that a verdict is as good for one as for the other. */
export const git = (folder: string, ...args: string[]): void => {
  const when = '2026-11-30T12:00:00Z'
  const who = ['-c', 'user.name=simon', '-c', 'user.email=simon@home', '-c', 'init.defaultBranch=main']
  const env = { ...process.env, GIT_AUTHOR_DATE: when, GIT_COMMITTER_DATE: when, GIT_CONFIG_GLOBAL: '/dev/null' }
  execFileSync('git', [...who, ...args], { cwd: folder, env, stdio: 'pipe' })
}

export function commit(folder: string): void {
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message', 'as it is')
}

export function prepare(folder: string, from = 'fixtures/flakes/laptop', name = 'laptop'): void {
  const flake = join(folder, name)
  cpSync(join(ROOT, from), flake, { recursive: true })
  writeFileSync(join(flake, 'flake.lock'), LOCK)
  git(flake, 'init', '--quiet')
  commit(flake)
  keysFor(folder)
}

/** Of two people, each with a list of signers in which only they are. */
export function keysFor(folder: string): void {
  for (const name of ['simon', 'anna']) {
    const key = join(folder, `${name}.key`)
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key])
    writeFileSync(join(folder, `${name}.signers`), `${name}@home ${readFileSync(`${key}.pub`, 'utf8')}`)
  }
}

Given(
  'the laptop under git',
  reads(function (this: NixWorld) {
    const trial = trialOf(this)
    prepare(trial.folder)
    trial.write('nixcumber.config.json', JSON.stringify({ flake: 'laptop', facts: false, retry: 1 }))
    trial.write('features/t14.feature', FEATURE)
  }),
)

Given(
  'the hosts of the suite {string} under git',
  reads(function (this: NixWorld, suite: string) {
    const trial = trialOf(this)
    prepare(trial.folder, `fixtures/suites/${suite}`, 'hosts')
    cpSync(join(trial.folder, 'hosts/features'), join(trial.folder, 'features'), { recursive: true })
    trial.write('nixcumber.config.json', JSON.stringify({ flake: 'hosts', facts: false }))
  }),
)

let passed: string | undefined
process.once('exit', () => passed && rmSync(passed, { recursive: true, force: true }))

const GATE = 'gate t14 --offline --level vm --sign simon.key'

Given(
  'the laptop with the verdict of its gate',
  reads(async function (this: NixWorld) {
    const trial = trialOf(this)
    if (passed === undefined) {
      prepare(trial.folder)
      trial.write('nixcumber.config.json', JSON.stringify({ flake: 'laptop', facts: false }))
      trial.write('features/t14.feature', FEATURE)
      await trial.call(GATE)
      const { exitCode, output } = trial.ended
      if (exitCode !== 0) throw notMet('The gate', 'exit code 0', String(exitCode), output)
      this.attach(output, { mediaType: 'text/plain', fileName: 'gate' })
      passed = mkdtempSync(join(tmpdir(), 'nixcumber-passed-'))
      cpSync(trial.folder, passed, { recursive: true })
    } else cpSync(passed, trial.folder, { recursive: true })
  }),
)

When(
  'in {string} {string} becomes {string}',
  reads(function (this: NixWorld, file: string, from: string, to: string) {
    const trial = trialOf(this)
    const text = trial.read(file)
    if (!text.includes(from)) throw notMet(file, from, 'other text', text)
    writeFileSync(join(trial.folder, file), text.replace(from, to))
  }),
)

When(
  'the laptop is committed',
  reads(function (this: NixWorld) {
    commit(join(trialOf(this).folder, 'laptop'))
  }),
)

When(
  'the file {string} is removed',
  reads(function (this: NixWorld, file: string) {
    rmSync(join(trialOf(this).folder, file))
  }),
)

When(
  '{string} signs {string} for {string}',
  reads(function (this: NixWorld, who: string, file: string, namespace: string) {
    const { folder } = trialOf(this)
    rmSync(join(folder, `${file}.sig`), { force: true })
    const args = ['-Y', 'sign', '-q', '-f', `${who}.key`, '-n', namespace, file]
    execFileSync('ssh-keygen', args, { cwd: folder, stdio: 'pipe' })
  }),
)

When(
  'the second half of the file {string} is lost',
  reads(function (this: NixWorld, file: string) {
    const trial = trialOf(this)
    const text = trial.read(file)
    writeFileSync(join(trial.folder, file), text.slice(0, text.length / 2))
  }),
)

/** As if another had been built of the same derivation: what lies in the store is not touched. */
When(
  'the file {string} has another hash for the contents of the system',
  reads(function (this: NixWorld, file: string) {
    const trial = trialOf(this)
    const { toplevel } = JSON.parse(trial.read(file)) as { toplevel: { contents: string } }
    const other = toplevel.contents.replace(/.$/, digit => (digit === '0' ? '1' : '0'))
    writeFileSync(join(trial.folder, file), trial.read(file).replaceAll(toplevel.contents, other))
  }),
)
