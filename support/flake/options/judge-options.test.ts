import assert from 'node:assert/strict'
import test from 'node:test'
import { SourceMap } from '../../nix/reason/source-map.ts'
import { judgeOptions } from './judge-options.ts'
import type { OptionLook } from './option-look.ts'

const STORE = '/nix/store/00000000000000000000000000000000-source'
const sources = new SourceMap({ storePath: STORE, folder: '/home/me/flake' })

const evidence = (about: Partial<OptionLook>): string | undefined => {
  const found = { value: true, declared: true, files: [], ...about } as OptionLook
  const error = judgeOptions('t14', [{ option: 'a.b', value: 'false' }], [found], sources)
  return /Evidence +(.*)/.exec(error?.message ?? '')?.[1]
}

test('where an option is set, and where it is not', () => {
  assert.equal(evidence({ files: [`${STORE}/modules/web.nix`] }), 'set in modules/web.nix')
  assert.equal(evidence({ files: [] }), 'not set: the default')
  assert.equal(evidence({ files: ['<unknown-file>'] }), 'set in a module that stands in no file of its own')
  assert.equal(evidence({ files: ['/nix/store/1-nixos/modules/x.nix'] }), 'set in a module of NixOS or another input')
})

test('a name below an option is not said to be set where the option is', () => {
  const above = ['users', 'users']
  assert.equal(evidence({ files: [`${STORE}/modules/web.nix`], above }), 'users.users is set in modules/web.nix')
  assert.equal(evidence({ files: [], above }), undefined)
})

test('modules in the call of nixosSystem are named by their place', () => {
  const at = (line: number, sure: boolean, file = `${STORE}/flake.nix`) => ({ file, line, sure })
  const files = ['<unknown-file>']
  assert.equal(evidence({ files, inline: [at(7, true), at(9, false)] }), 'set inline in flake.nix:7')
  assert.equal(evidence({ files, inline: [at(9, false), at(11, false)] }), 'set inline in flake.nix:9 or flake.nix:11')
  // NixOS names its own flake.nix for them.
  assert.equal(
    evidence({ files: ['/nix/store/1-nixos/flake.nix'], inline: [at(7, true)] }),
    'set inline in flake.nix:7',
  )
  assert.equal(evidence({ files: [`${STORE}/flake.nix`], inline: [at(7, true)] }), 'set inline in flake.nix:7')
  assert.equal(evidence({ files: [`${STORE}/flake.nix`], inline: [at(9, false)] }), 'set in flake.nix')
  assert.equal(
    evidence({ files: [`${STORE}/modules/a.nix`, '<unknown-file>'], inline: [at(7, true)] }),
    'set in modules/a.nix, inline in flake.nix:7',
  )
  const theirs = at(7, true, '/nix/store/1-nixos/flake.nix')
  assert.equal(evidence({ files, inline: [theirs] }), 'set in a module that stands in no file of its own')
  assert.equal(evidence({ files: [], inline: [at(7, true)] }), 'not set: the default')
})
