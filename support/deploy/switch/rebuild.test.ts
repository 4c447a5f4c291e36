import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { byNixosRebuild, knowsStorePath, rebuildArguments } from './rebuild.ts'

const SYSTEM = `/nix/store/${'a'.repeat(32)}-nixos-system-web-25.11`
const folder = mkdtempSync(join(tmpdir(), 'nixcumber-rebuild-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))
const ssh = { options: ['-F', '/tmp/nixcumber-ssh-x/config'] }

/** A program that writes down how it was called. */
function recorder(name: string, help: string, exitCode = 0): string {
  const file = join(folder, name)
  const record = `printf '%s\\n' "$NIX_SSHOPTS" "$@" >${file}.said; echo words >&2; exit ${exitCode}`
  writeFileSync(file, `#!/bin/sh\n[ "$1" != --help ] || { echo '${help}'; exit 0; }\n${record}\n`, { mode: 0o755 })
  return file
}

test('it is called with the path that is bound, and with our ssh', async () => {
  const program = recorder('new', '[--store-path PATH]')
  await byNixosRebuild(SYSTEM, ssh, program)
  assert.deepEqual(readFileSync(`${program}.said`, 'utf8').trimEnd().split('\n'), [
    '-F /tmp/nixcumber-ssh-x/config',
    ...['switch', '--store-path', SYSTEM, '--target-host', 'nixcumber-target', '--no-reexec'],
  ])
  assert.equal(rebuildArguments(SYSTEM).includes('--flake'), false)
})

test('one that takes no path is not called', async () => {
  assert.equal(await knowsStorePath(recorder('knows', '[--store-path PATH]')), true)
  assert.equal(await knowsStorePath(recorder('old', '[--flake REF]')), false)
  assert.equal(await knowsStorePath(join(folder, 'nowhere')), false)
})

test('when it fails, it says what it said', () =>
  assert.rejects(
    byNixosRebuild(SYSTEM, ssh, recorder('fails', '', 7)),
    (error: unknown) => error instanceof EnvironmentBroken && /exit code 7[\s\S]*words/.test(error.message),
  ))
