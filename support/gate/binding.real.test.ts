/** What real Nix says of flakes of a few lines, with their inputs locked: the same that `nixcumber gate` and `nixcumber verify` ask. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken, NixcumberError } from '../core/errors.ts'
import { silentProgress } from '../core/progress.ts'
import { parseLocator, pathReference } from '../flake/locator.ts'
import { Subject } from '../flake/subject.ts'
import { LOOK_ALIKES } from '../flake/written/offline-inputs.ts'
import { sha256 } from '../nix/contents.ts'
import { Nix } from '../nix/evaluate/nix.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'
import { boundFlake, buildBound, contents } from './binding.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-binding-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
// Inputs are real: those of a folder here, by the lock.
const nix = new Nix({ toolchain, logDir: join(scratch, 'log'), cacheDir: join(scratch, 'cache'), offline: false })

const system = (name: string, script: string): string =>
  `derivation { name = "${name}"; system = "x86_64-linux"; builder = "/bin/sh"; args = [ "-c" "${script}" ]; }`
const HOST = `{ config.system.build.toplevel = ${system('nixos-system-t14', 'echo ${builtins.getEnv "HOME"}good > $out')}; }`
const flakeOf = (host: string, inputs = ''): string => `{
  inputs.library = { url = "${pathReference(join(LOOK_ALIKES, 'import-tree'))}"; flake = false; };
  ${inputs}
  outputs = { library, ... }: { nixosConfigurations.t14 = ${host}; };
}
`

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder, encoding: 'utf8' })
const asNix = (folder: string, ...args: readonly [string, ...string[]]): void => {
  const { file, args: words, options } = toolchain.wrap(args, { cwd: folder, writable: [folder] })
  execFileSync(file, [...words], { ...options, stdio: 'pipe' })
}

let flakes = 0
/** Locked and committed. */
function flake(host = HOST, text = flakeOf(host)): string {
  flakes += 1
  const folder = join(scratch, `flake-${flakes}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'flake.nix'), text)
  git(folder, 'init', '--quiet')
  git(folder, 'add', '.')
  asNix(folder, 'nix', 'flake', 'lock', `git+file://${folder}`)
  commit(folder)
  return folder
}

function commit(folder: string): void {
  git(folder, 'add', '.')
  git(folder, 'commit', '--quiet', '--message', 'x')
}

const ask = (folder: string, importFromDerivation = false): Subject =>
  new Subject(parseLocator(folder, scratch), {
    ...{ nix, offline: false, scratch, progress: silentProgress },
    strict: { importFromDerivation },
  })
const flakeNow = (folder: string) => boundFlake(ask(folder), nix, false)
let links = 0
async function built(folder: string) {
  links += 1
  const place = join(scratch, `links-${links}`)
  mkdirSync(place)
  return buildBound(await ask(folder).bound('t14'), nix, { host: 't14', links: place, settings: [] })
}

test('a locked and committed flake is bound by revision, narHash and lock', async () => {
  const folder = flake()
  const found = await flakeNow(folder)
  assert.equal(found.revision, git(folder, 'rev-parse', 'HEAD').trim())
  assert.equal(found.lock, sha256(readFileSync(join(folder, 'flake.lock'))))
  assert.deepEqual([found.unlocked, found.dirtyRevision], [[], null])
  assert.match(found.narHash, /^sha256-/)
})

test('a comment changes what the flake is, and not its system', async () => {
  const folder = flake()
  const [before, system] = [await flakeNow(folder), await ask(folder).bound('t14')]
  appendFileSync(join(folder, 'flake.nix'), '# a comment\n')
  const dirty = await flakeNow(folder)
  assert.deepEqual([dirty.revision, /-dirty$/.test(dirty.dirtyRevision ?? '')], [null, true])
  commit(folder)
  const after = await flakeNow(folder)
  assert.notEqual(after.narHash, before.narHash)
  assert.notEqual(after.revision, before.revision)
  assert.deepEqual(await ask(folder).bound('t14'), system)
})

test('a lock that would change is refused, and not written', async () => {
  const folder = flake()
  git(folder, 'rm', '--quiet', 'flake.lock')
  commit(folder)
  await assert.rejects(ask(folder).bound('t14'), refusal(/requires lock file changes/))
  writeFileSync(
    join(folder, 'flake.nix'),
    flakeOf(HOST, `inputs.more = { url = "${pathReference(join(LOOK_ALIKES, 'flake-parts'))}"; flake = false; };`),
  )
  commit(folder)
  await assert.rejects(flakeNow(folder), refusal(/requires lock file changes/))
  assert.equal(existsSync(join(folder, 'flake.lock')), false)
})

const refusal =
  (words: RegExp) =>
  (error: unknown): boolean =>
    error instanceof NixcumberError && error.exitCode === 1 && words.test(error.message)

test('an input that its lock does not bind is no good one', async () => {
  const folder = flake()
  const lock = readFileSync(join(folder, 'flake.lock'), 'utf8')
  writeFileSync(join(folder, 'flake.lock'), lock.replace(/\s*"narHash": "[^"]*",/, ''))
  commit(folder)
  const found = await flakeNow(folder).catch(error => {
    assert.ok(error instanceof NixcumberError, String(error))
    return { unlocked: ['library'] }
  })
  assert.deepEqual(found.unlocked, ['library'])
})

test('what is evaluated sees no environment', async () => {
  assert.equal(readFileSync(toolchain.realPath((await built(flake())).toplevel.path), 'utf8'), 'good\n')
})

test('evaluation may build only where that is bound', async () => {
  const host = `{ config.system.build.toplevel = let dep = ${system('dep', 'printf x > $out')}; in ${system('nixos-system-t14', 'echo ${builtins.readFile dep} > $out')}; }`
  const folder = flake(host)
  await assert.rejects(ask(folder).bound('t14'), refusal(/allow-import-from-derivation/))
  assert.match((await ask(folder, true).bound('t14')).toplevel.path, /nixos-system-t14$/)
})

test('the same path may have other contents, and they are told apart', async () => {
  const folder = flake(
    `{ config.system.build.toplevel = ${system('nixos-system-t14', 'read x < /proc/sys/kernel/random/uuid; echo $x > $out')}; }`,
  )
  const first = await built(folder)
  assert.equal(await contents(nix, first.toplevel.path), first.toplevel.contents)
  rmSync(join(scratch, `links-${links}`), { recursive: true })
  asNix(scratch, 'nix-store', '--delete', first.toplevel.path)
  await assert.rejects(contents(nix, first.toplevel.path), EnvironmentBroken)
  const second = await built(folder)
  assert.equal(second.toplevel.path, first.toplevel.path)
  assert.notEqual(second.toplevel.contents, first.toplevel.contents)
})

test('a disk script is bound with its disks, and one that fails is no host without one', async () => {
  const host = (device: string): string => `{
    config.system.build.toplevel = ${system('nixos-system-t14', 'echo > $out')};
    config.system.build.diskoScript = ${system('disko', `echo \${${device}} > $out`)};
    config.disko.devices.disk.main.device = ${device};
    config.boot.loader.systemd-boot.enable = true;
    config.boot.loader.grub.enable = throw "no";
  }`
  const good = flake(host('"/dev/vda"'))
  const found = await ask(good).bound('t14')
  assert.deepEqual([found.disks, found.bootLoaders], [{ main: '/dev/vda' }, ['systemd-boot']])
  assert.match((await built(good)).diskScript?.contents ?? '', /^sha256-/)
  assert.equal((await ask(flake()).bound('t14')).diskScript, null)
  await assert.rejects(ask(flake(host('throw "no disk is named"'))).bound('t14'), refusal(/no disk is named/))
})
