import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { UsageError } from '../core/errors.ts'
import { ownFolder, parseHostLocator, parseLocator } from './locator.ts'
import { lookAlikeFor } from './written/offline-inputs.ts'

const project = realpathSync(mkdtempSync(join(tmpdir(), 'nixcumber-locator-')))
test.after(() => rmSync(project, { recursive: true }))
for (const file of [
  'flake.nix',
  'sub/flake.nix',
  'a b#[1]/flake.nix',
  'plain/default.nix',
  'empty/x',
  'work/.git/x',
  'work/my flake/flake.nix',
]) {
  mkdirSync(join(project, file, '..'), { recursive: true })
  writeFileSync(join(project, file), '{ }')
}

test('a folder is a flake, read as it is when there is no git', () => {
  assert.deepEqual(parseLocator('.', project), { kind: 'flake', reference: `path:${project}`, folder: project })
  assert.deepEqual(parseLocator('path:sub', project), {
    kind: 'flake',
    reference: `path:${project}/sub`,
    folder: join(project, 'sub'),
  })
})

test('a folder in a git work tree is read through git', () =>
  assert.deepEqual(parseLocator('./work/my flake', project), {
    kind: 'flake',
    reference: `git+file://${project}/work?dir=my%20flake`,
    folder: join(project, 'work/my flake'),
  }))

test('what Nix takes behind a folder is taken', () => {
  const work = `git+file://${project}/work`
  for (const [text, reference] of [
    ['work?dir=my%20flake', `${work}?dir=my%20flake`],
    ['./work/my flake?submodules=1', `${work}?dir=my%20flake&submodules=1`],
    ['work?dir=my flake&lfs=1&submodules=1', `${work}?dir=my%20flake&lfs=1&submodules=1`],
    ['.?dir=sub', `path:${project}/sub`],
  ] as const)
    assert.equal((parseLocator(text, project) as { reference?: string }).reference, reference, text)
  for (const [text, words] of [
    ['./work/my flake?ref=main', /^"ref" cannot be asked of the folder "[\s\S]*git\+file:/],
    ['work/my flake?submodule=1', /Did you mean +submodules/],
    ['sub?submodules=1', /^"submodules=1" is asked of no git work tree/],
  ] as const)
    assert.throws(() => parseLocator(text, project), { name: 'UsageError', message: words }, text)
})

test('of a flake in a folder above it is told', () =>
  assert.throws(() => parseLocator('.', join(project, 'empty')), { message: /there is one above: --flake \.\.$/ }))

test('a reference from far away is left as it is', () => {
  for (const reference of ['github:simon/machines', 'git+ssh://git@host/x?ref=main', 'nixpkgs', 'machines/main'])
    assert.deepEqual(parseLocator(reference, project), { kind: 'flake', reference })
})

test('without flakes it is a file, with or without an attribute', () => {
  const file = join(project, 'plain/default.nix')
  assert.deepEqual(parseLocator('plain', project), { kind: 'file', file })
  assert.deepEqual(parseLocator('plain/default.nix', project), { kind: 'file', file })
  assert.deepEqual(parseLocator('plain/default.nix:hosts."a.b"', project), {
    kind: 'file',
    file,
    attribute: ['hosts', 'a.b'],
  })
})

test('a host may carry its place', () => {
  assert.deepEqual(parseHostLocator('.#t14', project), {
    locator: parseLocator('.', project),
    host: 't14',
    single: false,
  })
  assert.deepEqual(parseHostLocator('./sub#nixosConfigurations.t14', project)?.host, 't14')
  assert.deepEqual(parseHostLocator('plain/default.nix:hosts.t14', project), {
    locator: { kind: 'file', file: join(project, 'plain/default.nix'), attribute: ['hosts', 't14'] },
    host: 't14',
    single: true,
  })
  assert.equal(parseHostLocator('t14', project), undefined)
})

for (const text of [
  './nonesuch',
  'sub/nonesuch',
  '/nonesuch',
  'empty',
  'plain/other.nix',
  '.#t14',
  'plain/default.nix:a..b',
])
  test(`${text} is refused`, () => assert.throws(() => parseLocator(text, project), UsageError))

const addresses: Readonly<Record<string, string | undefined>> = {
  'github:NixOS/nixpkgs/nixos-unstable': 'nixpkgs',
  'nixpkgs/nixos-25.05': 'nixpkgs',
  nixpkgs: 'nixpkgs',
  'github:nix-community/nixpkgs.lib': 'nixpkgs',
  'https://channels.nixos.org/nixos-unstable/nixexprs.tar.xz': 'nixpkgs',
  'https://flakehub.com/f/NixOS/nixpkgs/0.1': 'nixpkgs',
  'git+https://github.com/NixOS/nixpkgs.git?shallow=1': 'nixpkgs',
  'github:hercules-ci/flake-parts': 'flake-parts',
  'github:vic/import-tree': 'import-tree',
  'github:denful/import-tree': 'import-tree',
  'github:Mic92/nixos-shell': 'nixos-shell',
  'github:nix-community/home-manager': undefined,
  'github:nix-community/disko': 'disko',
  'github:nix-community/disko/latest': 'disko',
  'github:me/disko-images': undefined,
  'github:me/nixpkgs-extras': undefined,
}
for (const [url, name] of Object.entries(addresses))
  test(`offline, ${url} is ${name ?? 'missing'}`, () => assert.equal(lookAlikeFor(url), name))

for (const [reference, expected] of [
  ['git+file:///srv/my%20hosts?dir=sub', '/srv/my hosts'],
  ['path:/srv/hosts?dir=sub', '/srv/hosts'],
  ['file:///srv/hosts.tar.gz', '/srv/hosts.tar.gz'],
  ['git+file:///srv/100%', '/srv/100%'],
  ['github:owner/name', undefined],
  ['git+ssh://git@host/srv/hosts', undefined],
] as const)
  test(`${reference} lies ${expected === undefined ? 'elsewhere' : `in ${expected}`}`, () =>
    assert.equal(ownFolder({ kind: 'flake', reference }), expected))
