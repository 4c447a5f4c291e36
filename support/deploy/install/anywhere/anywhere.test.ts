import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../../core/errors.ts'
import type { Programs } from '../../../nix/toolchain.ts'
import { type FindAnywhere, findAnywhere } from './anywhere.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-anywhere-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))

const programs: Programs = {
  ...{ origin: 'host', why: '', realPath: path => path },
  wrap: ([file, ...args]) => ({
    ...{ file, args },
    options: { cwd: '/', env: { PATH: process.env.PATH ?? '' }, extendEnv: false },
  }),
}
const find = (asked: Partial<FindAnywhere>) =>
  findAnywhere({ offline: false, programs, env: { PATH: '' }, build: async () => undefined, ...asked })

function standIn(folder: string, text: string): string {
  const file = join(scratch, `${folder}nixos-anywhere`)
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
  return file
}

const refused = (words: RegExp) => (error: unknown) => error instanceof EnvironmentBroken && words.test(error.message)

test('offline the look-alike is taken, whatever is in PATH; it says all that is needed', async () => {
  const { argv, from } = await find({ offline: true, env: { PATH: scratch } })
  assert.equal(argv[0], 'bash')
  assert.equal(from, 'the look-alike of nixos-anywhere')
})

test('one that is too old lacks the flags that are named', async () => {
  standIn('', 'echo "* -i <file> * -s, --store-paths <a> <b> * -p, --ssh-port * --kexec <path> --post-kexec-ssh-port"')
  const lack =
    /does not know --copy-host-keys, --no-substitute-on-destination, --build-on, --phases[\s\S]*1\.7 or newer/
  await assert.rejects(find({ env: { PATH: scratch } }), refused(lack))
})

test('one that does not say what it can do is not used', async () => {
  standIn('', 'echo "no such option" >&2; exit 1')
  await assert.rejects(find({ env: { PATH: scratch } }), refused(/does not say what it can do[\s\S]*no such option/))
})

test('without one in PATH that of the flake is built; without both it is said where to have it', async () => {
  await assert.rejects(find({}), refused(/There is no nixos-anywhere[\s\S]*nix shell nixpkgs#nixos-anywhere/))
  await assert.rejects(
    find({ build: async () => '/nix/store/none' }),
    refused(/of the flake's nixpkgs, \/nix\/store\/none/),
  )
})
