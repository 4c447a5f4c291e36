/** Programs that say a version stand for the real ones: which is chosen depends on nothing else. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { recipeHash, TOOLBOX_PACKAGES } from '../toolbox/recipe.ts'
import { findMachineTools, type MachineToolsSources, qemuFolderIn, type ToolsNeed } from './find-machine-tools.ts'
import { findToolchain } from './find-toolchain.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-tools-'))
test.after(() => rmSync(scratch, { recursive: true }))

let folders = 0
/** A folder of programs, each with what it says. */
function programs(said: Readonly<Record<string, string>>): string {
  folders += 1
  const folder = join(scratch, String(folders))
  mkdirSync(folder)
  for (const [name, text] of Object.entries(said))
    writeFileSync(join(folder, name), `#!/bin/sh\necho '${text}'\n`, { mode: 0o755 })
  return folder
}

const NIX = 'nix (Nix) 2.26.3'
const OLD_NIX = 'nix (Nix) 2.8.0'
const QEMU = 'QEMU emulator version 10.0.3'
const OLD_QEMU = 'QEMU emulator version 7.2.22'
/** One that is there and does not run: to choose it is to say so. */
const brokenToolbox = join(scratch, 'cache')
mkdirSync(join(brokenToolbox, `toolbox-${recipeHash(...TOOLBOX_PACKAGES)}`), { recursive: true })
const TOOLBOX = { message: /^The toolbox does not run here/ }

const surroundings = (folder: string) => ({
  offline: false,
  progress: silentProgress,
  cache: brokenToolbox,
  env: { PATH: folder },
})

test("the user's Nix is taken wherever it will do, with apt beside it and without QEMU", async () => {
  const folder = programs({ nix: NIX })
  const { origin, why, nixVersion } = await findToolchain(surroundings(folder))
  assert.deepEqual({ origin, why, nixVersion }, { origin: 'host', why: join(folder, 'nix'), nixVersion: '2.26.3' })
})

test('one that is too old, or says nothing, is as none', async () => {
  for (const nix of [{ nix: OLD_NIX }, { nix: '' }, {}])
    await assert.rejects(findToolchain(surroundings(programs(nix))), TOOLBOX)
})

test('one whose settings are wrong is told, and no toolbox goes by the same', async () => {
  const said = "error: syntax error in configuration line 'access-tokens github.com=ghp_x' in 'NIX_CONFIG'"
  const folder = programs({ nix: '' })
  writeFileSync(join(folder, 'nix'), `#!/bin/sh\necho "${said}" >&2\nexit 1\n`, { mode: 0o755 })
  await assert.rejects(findToolchain(surroundings(folder)), ({ message }: EnvironmentBroken) => {
    assert.match(
      message,
      /^The Nix in PATH does not run with its settings\n[\s\S]*configuration line 'access-tokens …'[\s\S]*nix --version/,
    )
    assert.doesNotMatch(message, /ghp_x/)
    return true
  })
})

test("the user's settings stay in force, and flakes are added to them", async () => {
  const toolchain = await findToolchain(surroundings(programs({ nix: NIX })))
  assert.match(
    toolchain.wrap(['nix']).options.env.NIX_CONFIG ?? '',
    /^extra-experimental-features = nix-command flakes$/,
  )
  const own = { NIX_CONFIG: 'access-tokens = github.com=x' }
  assert.equal(toolchain.wrap(['nix'], { env: own }).options.env.NIX_CONFIG, own.NIX_CONFIG)
})

const HERE = 'the flake has one'
/** What is found for a machine, as the version and the place it says. */
async function choose(path: string, need: ToolsNeed, fromFlake: string | undefined): Promise<string> {
  const about = surroundings(path)
  const sources: MachineToolsSources = {
    ...about,
    toolchain: () => findToolchain(about),
    fromFlake: async () => (fromFlake === undefined ? { lack: 'there is no flake' } : { folder: fromFlake }),
  }
  const { qemuVersion, why } = await findMachineTools(sources, need)
  return `${qemuVersion} ${why.split(',')[0]}`.replace(path, 'PATH').replace(fromFlake ?? HERE, HERE)
}

test('QEMU is the one that the script names, whatever its version; else that of PATH, of the flake, of the toolbox', async () => {
  const named = programs({ 'qemu-system-x86_64': OLD_QEMU })
  const flake = programs({ 'qemu-system-x86_64': QEMU })
  const both = programs({ nix: NIX, 'qemu-system-x86_64': QEMU })
  const oldQemu = programs({ nix: NIX, 'qemu-system-x86_64': OLD_QEMU })
  const built = { built: true } as const
  assert.equal(await choose(both, { ...built, named }, flake), "7.2.22 the machine's own")
  assert.match(await choose(both, built, flake), /^10\.0\.3 PATH\/qemu-system-x86_64$/)
  assert.equal(await choose(oldQemu, built, flake), "10.0.3 of the flake's nixpkgs")
  await assert.rejects(choose(oldQemu, built, undefined), TOOLBOX)
})

test('one in the store that is old is used, and told', async () => {
  const old = programs({ 'qemu-system-x86_64': OLD_QEMU })
  const young = programs({ 'qemu-system-x86_64': QEMU })
  const notes: string[] = []
  const about = {
    ...surroundings(programs({ nix: NIX })),
    progress: { ...silentProgress, note: (text: string) => void notes.push(text) },
  }
  const sources = { ...about, toolchain: () => findToolchain(about), fromFlake: async () => ({ lack: 'not asked' }) }
  for (const named of [young, old]) await findMachineTools(sources, { built: true, named })
  assert.deepEqual(notes, [`QEMU 7.2.22 is older than 9.0, and may crash where it emulates: ${old}`])
})

test('an image needs no Nix where PATH has a QEMU; what Nix has built needs it', async () => {
  const qemu = programs({ 'qemu-system-x86_64': QEMU })
  assert.match(await choose(qemu, { built: false }, undefined), /^10\.0\.3 /)
  await assert.rejects(choose(qemu, { built: true }, undefined), TOOLBOX)
})

test('a QEMU that is named and is not there is told', async () => {
  const path = programs({ nix: NIX, 'qemu-system-x86_64': QEMU })
  await assert.rejects(choose(path, { built: true, named: '/nowhere' }, undefined), (error: unknown) => {
    assert.ok(error instanceof EnvironmentBroken)
    assert.match(error.message, /^QEMU is needed[\s\S]*Got +no qemu-system-x86_64 in \/nowhere\n/)
    return true
  })
})

const STORE = '/nix/store/0123456789abcdfghijklmnpqrsvwxyz'

test('the QEMU of a script is found as NixOS writes it', () => {
  const kvm = `${STORE}-qemu-host-cpu-only-10.0.3`
  assert.equal(qemuFolderIn(`exec ${kvm}/bin/qemu-system-x86_64 -machine accel=kvm:tcg \\`), `${kvm}/bin`)
  assert.equal(qemuFolderIn(`exec "${STORE}-qemu-5.0.0/bin/qemu-kvm" -cpu max`), `${STORE}-qemu-5.0.0/bin`)
  assert.equal(qemuFolderIn(`${kvm}/bin/qemu-img create x`), undefined)
  assert.equal(qemuFolderIn('exec qemu-system-x86_64 -m 700'), undefined)
})
