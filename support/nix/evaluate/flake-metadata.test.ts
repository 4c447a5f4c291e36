import assert from 'node:assert/strict'
import test from 'node:test'
import { metadataSchema, toMetadata } from './flake-metadata.ts'

const NAR = `sha256-${'A'.repeat(43)}=`

const unlocked = (locked: Readonly<Record<string, unknown>> | undefined): readonly string[] =>
  toMetadata(
    metadataSchema.parse({
      path: '/nix/store/x',
      locks: {
        root: 'root',
        nodes: {
          root: { inputs: { nixpkgs: 'nixpkgs' } },
          nixpkgs: { ...(locked ? { locked } : {}), inputs: { deep: 'deep' } },
          deep: { locked: { type: 'github', owner: 'x', repo: 'y', rev: '1', narHash: NAR } },
        },
      },
    }),
  ).unlocked

for (const [what, locked] of [
  ['of a forge, by its hash', { type: 'github', owner: 'NixOS', repo: 'nixpkgs', rev: '1', narHash: NAR }],
  ['a folder, by its hash', { type: 'path', path: '/srv/nixpkgs', narHash: NAR }],
  ['a folder inside of the flake', { type: 'path', path: './nixpkgs' }],
] as const)
  test(`an input is locked: ${what}`, () => assert.deepEqual(unlocked(locked), []))

for (const [what, locked] of [
  ['without a lock', undefined],
  ['a folder elsewhere', { type: 'path', path: '/srv/nixpkgs' }],
  ['a branch', { type: 'git', url: 'https://x/y', ref: 'main' }],
  ['a commit without a hash', { type: 'git', url: 'https://x/y', rev: '1' }],
  ['a tree with changes', { type: 'git', url: 'file:///srv/x', dirtyRev: '1-dirty', narHash: NAR }],
] as const)
  test(`an input is not locked: ${what}`, () => assert.deepEqual(unlocked(locked), ['nixpkgs']))
