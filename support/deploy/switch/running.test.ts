import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { parseRunning } from './running.ts'

const [OLD, OTHER] = ['a', 'b'].map(letter => `/nix/store/${letter.repeat(32)}-nixos-system-web-25.11`)
const LINES = [OLD, OTHER, 'system-12-link', 'x86_64-linux', 'systemd 257 (Debian)', 'web']
const said = (lines: readonly (string | undefined)[], exitCode = 0) => ({
  ...{ exitCode, stdout: Buffer.from(`${lines.join('\n')}\n`), stderr: Buffer.from('no such file') },
})

test('what runs, what boots, and what it is', () => {
  assert.deepEqual(parseRunning(said(LINES)), {
    ...{ system: OLD, profile: OTHER, generation: 'system-12-link', platform: 'x86_64-linux' },
    ...{ hostName: 'web', lookAlike: true },
  })
  const real = LINES.with(4, 'systemd 257.6')
  assert.equal(parseRunning(said(real)).lookAlike, false)
})

test('no name moves the cursor of the terminal at which its host is confirmed', () => {
  assert.equal(parseRunning(said(LINES.with(5, 'web\u001b[2J'))).hostName, 'web\ufffd[2J')
  assert.throws(() => parseRunning(said(['\u001b[2J'])), /Got +\ufffd\[2J/)
})

test('what is no NixOS, or only half seen, is not known', () => {
  const broken = [[], ['/etc', ...LINES.slice(1)], LINES.with(2, 'system'), LINES.with(3, ''), LINES.with(1, '/')]
  for (const lines of broken) assert.throws(() => parseRunning(said(lines)), EnvironmentBroken)
  assert.throws(() => parseRunning(said(LINES, 1)), /does not say which NixOS it runs[\s\S]*--then install/)
})
