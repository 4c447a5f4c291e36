import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { placeFolder } from './place-folder.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-place-'))
test.after(() => rmSync(scratch, { recursive: true }))

function finished(name: string): string {
  const folder = join(scratch, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'flake.nix'), name)
  return folder
}

test('the first folder of a name stays, and no draft of the second is left', async () => {
  const name = join(scratch, 'flake')
  await placeFolder(finished('first'), name)
  await placeFolder(finished('second'), name)
  assert.equal(readFileSync(join(name, 'flake.nix'), 'utf8'), 'first')
  assert.deepEqual(readdirSync(scratch), ['flake'])
})

test('a place that cannot be written to is told', async () => {
  await assert.rejects(placeFolder(finished('third'), join(scratch, 'none/flake')), { code: 'ENOENT' })
})
