import assert from 'node:assert/strict'
import test from 'node:test'
import { UsageError } from '../../core/errors.ts'
import { checkModulePath, isIgnoredByImportTree } from '../written/module-path.ts'
import { emptyFlake, moduleNames, withHost, withModule } from './flake-plan.ts'

for (const path of [
  'web.nix',
  'nixos/web.nix',
  'hosts/t14 [laptop]/disk (1).nix',
  `it's "quoted".nix`,
  'häuser/straße.nix',
  '_ignored/a.nix',
  'a..b.nix',
  '$HOME.nix',
])
  test(`the module path ${JSON.stringify(path)} is taken`, () => assert.equal(checkModulePath(path), path))

const refusedPaths: Readonly<Record<string, RegExp>> = {
  '../web.nix': /without \. and \.\./,
  'nixos/../../web.nix': /without \. and \.\./,
  './web.nix': /without \. and \.\./,
  '/etc/nixos/web.nix': /not an absolute one/,
  'nixos/web': /ends in \.nix/,
  'nixos/web.nix.bak': /ends in \.nix/,
  'nixos/.nix': /ends in \.nix/,
  'nixos/web.nix/': /all have a name/,
  'nixos//web.nix': /all have a name/,
  '': /all have a name/,
  'a\nb.nix': /line breaks/,
  'a\0.nix': /line breaks/,
  'a\\b.nix': /with \/ between/,
  [`${'x'.repeat(300)}.nix`]: /at most 255 bytes/,
}
for (const [path, words] of Object.entries(refusedPaths))
  test(`the module path ${JSON.stringify(path.slice(0, 40))} is refused`, () => {
    assert.throws(() => checkModulePath(path), UsageError)
    assert.throws(() => checkModulePath(path), words)
  })

test('import-tree passes over underscores, in files and folders', () => {
  assert.ok(isIgnoredByImportTree('_helpers.nix'))
  assert.ok(isIgnoredByImportTree('nixos/_parts/a.nix'))
  assert.ok(!isIgnoredByImportTree('nixos/a_b.nix'))
})

test('a module is added with a final line break, the plan before stays as it was', () => {
  const plan = withModule(emptyFlake, 'a.nix', '{ }')
  assert.deepEqual(plan.modules, [{ path: 'a.nix', text: '{ }\n' }])
  assert.deepEqual(emptyFlake.modules, [])
})

test('a module given twice is refused', () => {
  const plan = withModule(emptyFlake, 'a.nix', '{ }')
  assert.throws(() => withModule(plan, 'a.nix', '{ }'), /given twice/)
})

test('a path cannot be a module and a folder at once', () => {
  assert.throws(() => withModule(withModule(emptyFlake, 'a.nix', ''), 'a.nix/b.nix', ''), /at once/)
  assert.throws(() => withModule(withModule(emptyFlake, 'a.nix/b.nix', ''), 'a.nix', ''), /at once/)
})

test('a host given twice, without a name, or with a module twice is refused', () => {
  const plan = withHost(emptyFlake, 't14', ['base'])
  assert.throws(() => withHost(plan, 't14', []), /given twice/)
  assert.throws(() => withHost(plan, '', []), /needs a name/)
  assert.throws(() => withHost(plan, 'x', ['base', 'base']), /"base" twice/)
})

test('names of modules stand with commas between', () => {
  assert.deepEqual(moduleNames('base, sshd,simon'), ['base', 'sshd', 'simon'])
  assert.deepEqual(moduleNames(' '), [])
  assert.throws(() => moduleNames('base,,sshd'), /without a name/)
  assert.throws(() => moduleNames('base,'), UsageError)
})
