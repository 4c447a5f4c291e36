import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { emptyFlake, withHost, withModule } from '../plan/flake-plan.ts'
import { fingerprint, writeFlake } from './write.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-write-'))
test.after(() => rmSync(scratch, { recursive: true }))

/** A folder as a user may have it. */
function start(name: string): string {
  const folder = join(scratch, name)
  mkdirSync(join(folder, 'modules/nixos'), { recursive: true })
  mkdirSync(join(folder, '.git'))
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'flake.nix'), '{ own = true; }\n')
  writeFileSync(join(folder, 'modules/nixos/web.nix'), '{ }\n')
  return folder
}

test('a flake is written whole, and no draft stays behind', async () => {
  const parent = join(scratch, 'run')
  const folder = await writeFlake(withModule(emptyFlake, 'a b/[c] "d".nix', '{ }'), parent)
  assert.equal(readFileSync(join(folder, 'modules/a b/[c] "d".nix'), 'utf8'), '{ }\n')
  assert.deepEqual(readdirSync(parent).length, 1)
})

test('a folder is copied with its own root, added to, and left as it was', async () => {
  const from = start('laptop')
  const folder = await writeFlake(withHost(withModule({ ...emptyFlake, from }, 'x.nix', '{ }'), 'h', []), scratch)
  assert.equal(readFileSync(join(folder, 'flake.nix'), 'utf8'), '{ own = true; }\n')
  assert.deepEqual(readdirSync(join(folder, 'modules')).toSorted(), ['nixcumber-hosts.nix', 'nixos', 'x.nix'])
  assert.deepEqual(readdirSync(folder).toSorted(), ['flake.nix', 'modules'])
  assert.deepEqual(readdirSync(join(from, 'modules')), ['nixos'])
})

test('a module that would replace one of the folder is refused, and nothing is left behind', async () => {
  const from = start('taken')
  const plan = withModule({ ...emptyFlake, from }, 'nixos/web.nix', '{ }')
  const parent = join(scratch, 'refused')
  await assert.rejects(writeFlake(plan, parent), /"modules\/nixos\/web.nix" is in ".*" already/)
  assert.deepEqual(readdirSync(parent), [])
})

test('a folder that is not there is refused with the nearest one', async () => {
  start('server')
  await assert.rejects(
    writeFlake({ ...emptyFlake, from: join(scratch, 'sever') }, scratch),
    /There is no folder[\s\S]*Did you mean +.*server/,
  )
})

test('equal plans have equal names, others others', () => {
  const plan = withModule(emptyFlake, 'a.nix', '{ }')
  assert.equal(fingerprint(plan), fingerprint(withModule(emptyFlake, 'a.nix', '{ }')))
  assert.notEqual(fingerprint(plan), fingerprint(withModule(emptyFlake, 'a.nix', '{ x = 1; }')))
})
