import assert from 'node:assert/strict'
import test from 'node:test'
import type { LockedInput } from '../../nix/evaluate/flake-metadata.ts'
import { nixosShellInput } from './nixos-shell-input.ts'

const input = (more: Partial<LockedInput>): LockedInput => ({ url: 'github:Mic92/nixos-shell', flake: true, ...more })
const revision = 'b065c49890f5acd90dba3ef306eb7e59d2589bc7'

test('a nixos-shell that is new enough is taken, whatever its name', () => {
  for (const url of ['github:Mic92/nixos-shell', 'https://example.org/nixos-shell.git', 'path:/srv/nixos-shell'])
    assert.deepEqual(
      nixosShellInput({ vm: input({ url, revision, lastModified: 1_777_398_163 }) }),
      { name: 'vm' },
      url,
    )
})

test('an older one is left, with the reason', () =>
  assert.deepEqual(nixosShellInput({ vm: input({ revision, lastModified: 1_683_000_000 }) }), {
    left: "The flake's input vm (github:Mic92/nixos-shell, of 2023-05-02) is older than nixos-shell 2.2.0 and not taken; nixcumber's own is",
  }))

test('of a folder nothing is known, and it is taken', () =>
  assert.deepEqual(nixosShellInput({ shell: input({ url: 'path:/srv/nixos-shell', lastModified: 1 }) }), {
    name: 'shell',
  }))

test('a copy at another address is taken by its name, unless another is one by its address', () => {
  const copy = input({ url: 'path:/nix/store/0-source' })
  assert.deepEqual(nixosShellInput({ 'nixos-shell': copy }), { name: 'nixos-shell' })
  assert.deepEqual(nixosShellInput({ 'nixos-shell': copy, vm: input({}) }), { name: 'vm' })
})

test('others are none', () =>
  assert.deepEqual(
    nixosShellInput({ a: input({ url: 'github:a/nixos-shells' }), b: input({ url: 'github:a/my-nixos-shell' }) }),
    {},
  ))
