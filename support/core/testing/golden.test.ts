import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { golden } from './golden.ts'

function inFolder(act: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'))
  try {
    writeFileSync(join(folder, 'page.txt'), 'one\ntwo\nthree\n')
    act(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('what is as the golden is fine, its style sheet left out', () =>
  inFolder(folder => {
    golden('page.txt', 'one\ntwo\nthree\n', { folder, accepts: false })
    writeFileSync(join(folder, 'page.html'), '<style>…</style>')
    golden('page.html', '<style>a { color: red }</style>', { folder, accepts: false })
  }))

test('what differs is shown as a diff, with the way to accept it, and the golden stays', () =>
  inFolder(folder => {
    assert.throws(() => golden('page.txt', 'one\n2\nthree\n', { folder, accepts: false }), {
      message: /page\.txt differs\n\n@@.*@@\n one\n-two\n\+2\n three\n\nWhen .* UPDATE_GOLDEN=1 npm run check/,
    })
    assert.equal(readFileSync(join(folder, 'page.txt'), 'utf8'), 'one\ntwo\nthree\n')
  }))

test('a golden that there is not yet is shown whole', () =>
  inFolder(folder => {
    assert.throws(() => golden('new.txt', 'first\n', { folder, accepts: false }), {
      message: /There is no golden .*new\.txt\n\n@@.*\n\+first\n/,
    })
  }))

test('what is accepted becomes the golden', () =>
  inFolder(folder => {
    golden('page.txt', 'other\n', { folder, accepts: true })
    golden('new.txt', 'first\n', { folder, accepts: true })
    assert.equal(readFileSync(join(folder, 'page.txt'), 'utf8'), 'other\n')
    assert.equal(readFileSync(join(folder, 'new.txt'), 'utf8'), 'first\n')
  }))
