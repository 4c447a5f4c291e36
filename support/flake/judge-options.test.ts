import assert from 'node:assert/strict'
import test from 'node:test'
import { SourceMap } from '../nix/source-map.ts'
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
