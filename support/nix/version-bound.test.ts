import assert from 'node:assert/strict'
import test from 'node:test'
import { NIX, QEMU, readVersion } from './version-bound.ts'

/** As the programs say it; the second word: whether it will do. */
const SAID = [
  [NIX, 'nix (Nix) 2.26.3', '2.26.3', true],
  [NIX, 'nix (Nix) 2.18.0', '2.18.0', true],
  [NIX, 'nix (Nix) 2.8.0', '2.8.0', false],
  [NIX, 'nix (Nix) 2.32pre20250919_3bf5ba1', '2.32pre20250919_3bf5ba1', true],
  [NIX, 'nix (Determinate Nix 3.11.2) 2.31.1', '2.31.1 (Determinate Nix 3.11.2)', true],
  [NIX, 'nix (Determinate Nix 3.0.0) 2.17.9', '2.17.9 (Determinate Nix 3.0.0)', false],
  [NIX, 'nix (Lix, like Nix) 2.93.0-pre20250401-abc1234', '2.93.0-pre20250401-abc1234 (Lix, like Nix)', true],
  [NIX, 'nix (Lix, like Nix) 2.90.0\nSystem type: x86_64-linux', '2.90.0 (Lix, like Nix)', true],
  [QEMU, 'QEMU emulator version 10.0.3 (Debian 1:10.0.3+ds-0+deb13u1)\nCopyright (c) 2003-2025', '10.0.3', true],
  [QEMU, 'QEMU emulator version 9.0.50 (v9.0.0-1-gabc)', '9.0.50', true],
  [QEMU, 'QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)', '7.2.22', false],
] as const

for (const [bound, said, text, isEnough] of SAID)
  test(`${said.split('\n')[0]} ${isEnough ? 'will do' : 'is too old'}`, () => {
    const version = readVersion(said)
    assert.equal(version?.text, text)
    assert.equal(version?.isAtLeast(bound.least), isEnough)
  })

test('what says no number has no version', () => {
  assert.equal(readVersion(''), undefined)
  assert.equal(readVersion('nix (Nix 3.1)'), undefined)
})
