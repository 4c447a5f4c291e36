import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { SourceMap } from './source-map.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-sources-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const folder = join(scratch, 'laptop')
const MINE = '/nix/store/00000000000000000000000000000000-source'
const NIXPKGS = '/nix/store/11111111111111111111111111111111-source'
const realPath = (path: string): string => join(scratch, path)

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
for (const root of [folder, realPath(MINE)]) write(join(root, 'flake.nix'), '{ outputs = _: { }; }')
write(join(realPath(NIXPKGS), 'flake.nix'), '{ outputs = { self }: { lib = 1; }; }')

for (const [file, own] of [
  [`${MINE}/flake.nix`, 'flake.nix'],
  [`${folder}/flake.nix`, 'flake.nix'],
  [`«path:${folder}»/flake.nix`, 'flake.nix'],
  // Every flake has one.
  [`${NIXPKGS}/flake.nix`, undefined],
  ['«github:NixOS/nixpkgs/0123456»/flake.nix', undefined],
  [`${MINE}/modules/gone.nix`, 'modules/gone.nix'],
  [`${NIXPKGS}/modules/gone.nix`, undefined],
] as const)
  test(`of a copy that nothing is known of, ${file} is ${own === undefined ? 'not ' : ''}the user's`, () => {
    const sources = new SourceMap({ folder, realPath })
    assert.equal(sources.own(file), own)
    assert.equal(sources.show(`error: at ${file}:8:13`), `error: at ${own ?? file}:8:13`)
  })

test('where the copy is known, nothing but it is the user’s', () => {
  const sources = new SourceMap({ folder, storePath: MINE })
  assert.equal(sources.own(`${MINE}/modules/gone.nix`), 'modules/gone.nix')
  assert.equal(sources.own(`${NIXPKGS}/flake.nix`), undefined)
})
