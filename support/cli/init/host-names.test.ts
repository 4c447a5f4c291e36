import assert from 'node:assert/strict'
import test from 'node:test'
import { hostNames } from './host-names.ts'

const rows: readonly (readonly [string, string, readonly string[]])[] = [
  ['a module of flake-parts', 'flake.nixosConfigurations.t14 = inputs.nixpkgs.lib.nixosSystem { };', ['t14']],
  ['a quoted name', 'nixosConfigurations."web-1" = x;', ['web-1']],
  [
    'a set, without what stands inside',
    `nixosConfigurations = { a = f { inner = 1; modules = [ { x = 2; } ]; }; b = g; }; other = { c = 3; };`,
    ['a', 'b'],
  ],
  ['a comment', '# nixosConfigurations.old = x;\n/* nixosConfigurations.older = y; */', []],
  [
    'behind what looks like a comment and never ends',
    'imports = f "./hosts/*"; # nixosConfigurations.old = x;\nnixosConfigurations.t14 = y;',
    ['t14'],
  ],
  ['a use, not a declaration', 'self.nixosConfigurations.t14.config', []],
  ['nothing', '{ outputs = _: { }; }', []],
]
for (const [what, text, names] of rows)
  test(`hosts are read from ${what}`, () => assert.deepEqual(hostNames([text]), names))
