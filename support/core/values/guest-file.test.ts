import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { type GuestFile, readGuestFile } from './guest-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'guest-file-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}
const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbg\n-----END OPENSSH PRIVATE KEY-----'

function read(from: GuestFile['from'], env: Record<string, string> = {}): { content: string; notes: string[] } {
  const notes: string[] = []
  const { content } = readGuestFile('t14', { path: '/key', from, mode: '0400' }, env, text => notes.push(text))
  return { content: content.toString(), notes }
}

test('a value is a file as it is, or a variable as it is', () => {
  assert.deepEqual(read({ file: write('key', 'two\nlines\n') }), { content: 'two\nlines\n', notes: [] })
  assert.deepEqual(read({ variable: 'HASH' }, { HASH: '$6$salt$hash' }), { content: '$6$salt$hash', notes: [] })
})

test('a key in a variable gets the end of its last line, without which ssh does not read it', () =>
  assert.equal(read({ variable: 'K' }, { K: KEY }).content, `${KEY}\n`))

test('a file that others may read is told', () =>
  assert.match(
    read({ file: write('open', 'x', 0o644) }).notes.join(),
    /open can be read by every user of this computer/,
  ))

for (const [what, from, words] of [
  ['a file that is not there', { file: '/no/such/file' }, /\/no\/such\/file: there is no such file/],
  ['a folder', { file: folder }, /: a folder/],
  ['what has no end', { file: '/dev/zero' }, /\/dev\/zero: no regular file/],
  ['an empty file', { file: write('empty', '') }, /it is empty/],
  ['a large file', { file: write('large', 'x'.repeat(1024 * 1024 + 1)) }, /1048577 bytes, more than 1048576/],
  ['a variable that is not set', { variable: 'UNSET' }, /the environment variable UNSET is not set.*export UNSET=/s],
  ['an empty variable', { variable: 'EMPTY' }, /it is empty/],
] as const)
  test(`refused: ${what}`, () =>
    assert.throws(() => read(from, { EMPTY: '' }), {
      name: 'UsageError',
      message: new RegExp(`^Nothing can be handed over to machine "t14" as /key.*${words.source}`, 's'),
    }))

test('refused: a file that may not be read', () => {
  const file = write('key-of-another', 'x', 0o000)
  const { geteuid, seteuid } = process
  // root may read everything
  const isRoot = geteuid?.() === 0
  if (isRoot) seteuid?.(65_534)
  try {
    assert.throws(() => read({ file }), /may not be read by you/)
  } finally {
    if (isRoot) seteuid?.(0)
  }
})
