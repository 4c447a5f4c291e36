import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken, ExpectationNotMet } from '../../core/errors.ts'
import type { NixOutcome } from '../../nix/nix-process.ts'
import { judgeCache } from './judge-cache.ts'

const CACHE = { url: 'https://cache.example.org', key: `home-1:${'A'.repeat(43)}=` }
const PATH = `/nix/store/${'0'.repeat(32)}-nixos-system-t14`
const OTHER = `/nix/store/${'1'.repeat(32)}-bash`
const ASKED = { host: 't14', path: PATH, cache: CACHE }

type Said = readonly [exitCode: number | undefined, ...texts: string[]]

const outcome = ([exitCode, ...texts]: Said): NixOutcome => ({
  ...{ exitCode, stdout: '', stray: [], builders: new Map() },
  messages: texts.map(text => ({ kind: 'message', level: /^(?:error|path)/.test(text) ? 0 : 1, text, trace: [] })),
})
const judged = (...said: Said) => judgeCache(ASKED, outcome(said))

test('exit code 0 is the only yes', () => assert.equal(judged(0), undefined))

const NOT_THERE: Readonly<Record<string, readonly [Said, string]>> = {
  missing: [
    [1, `error: path '${OTHER}' is not valid`],
    `Missing +${OTHER}\n +Unknown +whether other paths.*\n +Next +nix copy --to https://cache`,
  ],
  unsigned: [
    [2, `path '${PATH}' is untrusted`, `path '${OTHER}' is untrusted`],
    `Unsigned +${PATH}\n +${OTHER}\n +Next +nix store sign --recursive`,
  ],
  altered: [[1, `path '${OTHER}' was modified! expected hash 'sha256:0', got 'sha256:1'`], `Altered +${OTHER}`],
  'unsigned and unreadable': [[6, `path '${PATH}' is untrusted`, 'error: Failed to open archive'], `Unsigned +${PATH}`],
}

for (const [what, [said, shown]] of Object.entries(NOT_THERE))
  test(`not as it should be: ${what}`, () => {
    const error = judged(...said)
    assert.ok(error instanceof ExpectationNotMet)
    assert.match(
      error.message,
      /^The closure of host "t14" is not in cache "https:\/\/cache.example.org" signed by home-1\n/,
    )
    assert.match(error.message, new RegExp(shown))
  })

const UNKNOWN: Readonly<Record<string, readonly [Said, string]>> = {
  'a dead network': [
    [
      1,
      'warning: error: unable to download; retrying in 295 ms',
      "error: unable to download 'https://x/nix-cache-info': Could not resolve hostname (6)",
    ],
    'Could not resolve hostname',
  ],
  'a server in trouble': [[1, "error: unable to download 'https://x/0.narinfo': HTTP error 500"], 'HTTP error 500'],
  'no cache there': [[1, "error: NAR info file '0.narinfo' is corrupt: expecting ':' at line 1"], 'is corrupt'],
  'an archive that cannot be read': [
    [4, 'error: Failed to open archive (Lzma library error: Corrupted input data)'],
    'Failed to open archive',
  ],
  'a Nix that was killed': [[undefined], 'nix ended'],
  'words about a path that is none of the store': [
    [1, "error: path '/tmp/x' is not valid"],
    "path '/tmp/x' is not valid",
  ],
}

for (const [what, [said, shown]] of Object.entries(UNKNOWN))
  test(`could not be checked: ${what}`, () => {
    const error = judged(...said)
    assert.ok(error instanceof EnvironmentBroken && !(error instanceof ExpectationNotMet))
    assert.match(
      error.message,
      /^Whether the closure of host "t14" is in cache "https:\/\/cache.example.org" could not be checked: /,
    )
    assert.ok(error.message.split('\n')[0]?.includes(shown), error.message)
  })

test('of many paths some are named, and the rest is counted', () => {
  const paths = Array.from({ length: 12 }, (_, i) => `path '/nix/store/${String(i).padStart(32, '0')}-x' is untrusted`)
  assert.match(judged(2, ...paths)?.message ?? '', /4-x\n +and 7 more\n/)
})
