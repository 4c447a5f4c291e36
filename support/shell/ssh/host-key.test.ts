import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { newSshKey } from '../../core/values/ssh-key.ts'
import { judgeHostKey } from './host-key.ts'

const PLACE = { host: 'web1', port: 22 }

/** Public halves, as known_hosts has them. */
const [one = '', other = ''] = [newSshKey(), newSshKey()].map(({ public: open }) => open.trim().split(' ')[1])
const bytes = (key: string): Buffer => Buffer.from(key, 'base64')

interface Outcome {
  readonly said: string
  readonly file: string
}

function judge(lines: readonly string[], key: string, acceptNew = false): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'known-'))
  const file = join(folder, 'known_hosts')
  // The last line has no end, as an editor has left it.
  writeFileSync(file, lines.join('\n'))
  const accept = acceptNew ? { acceptNew: { hashed: false, note: () => {} } } : {}
  try {
    const refusal = judgeHostKey(bytes(key), PLACE, { kind: 'known-hosts', files: [file], ...accept })
    return { said: refusal?.message ?? '', file: readFileSync(file, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

for (const [what, lines, accept, said] of [
  ['that is known', [`web1 ssh-ed25519 ${one}`], false, /^$/],
  ['that is not known', [], false, /^The host key of web1 is not known\n.*SHA256:.*accept-new/s],
  ['that is not known, where new ones are believed', [], true, /^$/],
  ['other than the known one', [`web1 ssh-ed25519 ${other}`], false, /^The host key of web1 is not the expected one/],
  [
    'other than the known one, where new ones are believed',
    [`web1 ssh-ed25519 ${other}`],
    true,
    /not the expected one/,
  ],
  ['that is revoked', [`@revoked * ssh-ed25519 ${one}`], false, /^The host key of web1 is revoked/],
  ['that is revoked, where new ones are believed', [`@revoked * ssh-ed25519 ${one}`], true, /is revoked/],
  [
    'that a certificate vouches for',
    [`@cert-authority web* ssh-ed25519 ${other}`],
    false,
    /vouched for by a certificate/,
  ],
  [
    'that a certificate vouches for, where new ones are believed',
    [`@cert-authority web* ssh-ed25519 ${other}`],
    true,
    /vouched for/,
  ],
] as const)
  test(`a host key ${what}: ${said}`, () => assert.match(judge(lines, one, accept).said, said))

test('a key that is believed is stored in a line of its own, one that is refused is not', () => {
  const before = `db1 ssh-ed25519 ${other}`
  assert.equal(judge([before], one, true).file, `${before}\nweb1 ssh-ed25519 ${one}\n`)
  assert.equal(judge([`web1 ssh-ed25519 ${other}`], one, true).file, `web1 ssh-ed25519 ${other}`)
})
