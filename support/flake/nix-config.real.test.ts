/** Settings of Nix: the flake's, the user's, and what is not heeded. Flakes of a few lines through real Nix. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../core/errors.ts'
import { heed } from '../nix/evaluate/flake-config.ts'
import { Nix } from '../nix/evaluate/nix.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'
import { FlakeInPlay } from './flake-in-play.ts'
import { Flakes } from './flakes.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-nix-config-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
// The settings of the user who runs the tests are not judged.
process.env.HOME = scratch
for (const name of ['NIX_CONFIG', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME']) delete process.env[name]

const outputs = (module: string): string => `outputs = _: {
    nixosConfigurations.t14 = { options = { }; config = {
      motto = import ./${module};
      system.build.toplevel = { drvPath = "/nix/store/x.drv"; outPath = toString (import ./${module}); };
    }; };
  };`
const PIPES = { 'm.nix': '1 |> (x: x + 1)\n' }
const WARNS = { 'm.nix': 'builtins.warn "old" 2\n' }

let count = 0
function project(nixConfig: string, files: Readonly<Record<string, string>>): string {
  count += 1
  const folder = join(scratch, `${count}`)
  mkdirSync(folder)
  const text = `{\n  ${nixConfig}\n  ${outputs('m.nix')}\n}\n`
  for (const [name, content] of Object.entries({ ...files, 'flake.nix': text }))
    writeFileSync(join(folder, name), content)
  return folder
}

function play(folder: string): { flake: FlakeInPlay; notes: string[] } {
  const notes: string[] = []
  const progress = { start: () => ({ update() {}, done() {} }), note: (text: string) => void notes.push(text) }
  const flakes = new Flakes({
    ...{ projectDir: folder, offline: true, cacheDir: join(scratch, 'cache'), progress },
    ...{ scratch: join(scratch, 'work'), logDir: join(scratch, 'log', `${count}`), toolchain: async () => toolchain },
  })
  return { flake: new FlakeInPlay(flakes), notes }
}

const motto = (flake: FlakeInPlay, value = '2') => flake.expectOptions('t14', [{ option: 'motto', value }])
const couldNotCheck = (words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof EnvironmentBroken, String(error))
  assert.equal(error.exitCode, 3)
  assert.match(error.message, words)
  return true
}

test('a flake that asks for pipe operators is evaluated with them', async () => {
  const { flake, notes } = play(
    project('nixConfig.extra-experimental-features = [ "pipe-operators" "pipe-operator" ];', PIPES),
  )
  await flake.evaluate()
  await motto(flake)
  await assert.rejects(motto(flake, '3'), /is not "3"/)
  assert.deepEqual(notes, [])
})

test('one that asks for nothing could not be checked, and what to do is said', async () => {
  await assert.rejects(
    play(project('', PIPES)).flake.evaluate(),
    couldNotCheck(
      /^host "t14" could not be evaluated: experimental Nix feature 'pipe-operators' is disabled[\s\S]*Next +let Nix have it/,
    ),
  )
})

test('nor could one whose flake.nix itself has them, whatever it asks for', async () => {
  const folder = project('nixConfig.extra-experimental-features = "pipe-operators";', PIPES)
  writeFileSync(
    join(folder, 'flake.nix'),
    readFileSync(join(folder, 'flake.nix'), 'utf8').replace('_: {', '_: 1 |> _: {'),
  )
  await assert.rejects(play(folder).flake.evaluate(), couldNotCheck(/pipe-operators/))
})

test('the user’s own settings hold: NIX_CONFIG, and nix.conf', async t => {
  const setting = 'extra-experimental-features = pipe-operators'
  process.env.NIX_CONFIG = setting
  t.after(() => delete process.env.NIX_CONFIG)
  await motto(play(project('', PIPES)).flake)
  delete process.env.NIX_CONFIG
  mkdirSync(join(scratch, '.config/nix'), { recursive: true })
  writeFileSync(join(scratch, '.config/nix/nix.conf'), `${setting.slice(6)}\n`)
  t.after(() => rmSync(join(scratch, '.config'), { recursive: true }))
  await motto(play(project('', PIPES)).flake)
})

const STRICT = 'nixConfig = { abort-on-warn = true; extra-experimental-features = "recursive-nix pipe-operators"; };'

test('what is not trusted is not applied, and told', async () => {
  const { flake, notes } = play(project(STRICT, WARNS))
  await motto(flake)
  assert.match(notes.join('\n'), /does not trust it.*: abort-on-warn, extra-experimental-features recursive-nix$/m)
  assert.equal(notes.filter(note => note.includes('nixConfig')).length, 1)
})

test('what the user has said yes to is applied, and handed on to the machine’s own evaluation', async t => {
  mkdirSync(join(scratch, '.local/share/nix'), { recursive: true })
  writeFileSync(join(scratch, '.local/share/nix/trusted-settings.json'), '{"abort-on-warn":{"true":true}}')
  t.after(() => rmSync(join(scratch, '.local'), { recursive: true }))
  const { flake, notes } = play(project(STRICT, WARNS))
  await assert.rejects(motto(flake), /abort-on-warn|aborting/)
  assert.doesNotMatch(notes.join('\n'), /: abort-on-warn/)
  assert.deepEqual((await (await flake.subject()).settings()).slice(2), ['--option', 'abort-on-warn', 'true'])
})

test('nothing that reaches further than the language is applied because a flake says so', async () => {
  const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })
  const hostile = {
    'post-build-hook': '/bin/evil',
    'extra-substituters': 'https://evil.example',
    'build-hook': '/bin/evil',
    'extra-experimental-features': 'pipe-operators ca-derivations',
  }
  const heeded = await heed(hostile, nix, { subject: 'x' })
  assert.deepEqual(heeded.arguments, ['--extra-experimental-features', 'pipe-operators'])
  assert.equal(heeded.ignored.length, 4)
})

test('a repository of another user could not be checked; git’s settings stay', {
  skip: process.getuid?.() !== 0,
}, async () => {
  const folder = project('', WARNS)
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args])
  git('init', '-q')
  git('add', '-A')
  for (const path of ['.git', '.']) chownSync(join(folder, path), 54_321, 54_321)
  await assert.rejects(
    play(folder).flake.evaluate(),
    couldNotCheck(new RegExp(`not owned by current user[\\s\\S]*git config --global --add safe.directory ${folder}`)),
  )
  assert.throws(() => readFileSync(join(scratch, '.gitconfig')), /ENOENT/)
})
