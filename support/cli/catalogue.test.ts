import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'

const ROOT = join(import.meta.dirname, '../..')
const GOLDEN = join(ROOT, 'fixtures/golden/steps.txt')

// In a process of its own: definitions register themselves once a process, and other tests load them too.
test('the catalogue is as the golden says: a changed sentence breaks somebody', () => {
  const text = execFileSync(process.execPath, [join(ROOT, 'bin/nixcumber.js'), 'steps'], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_TEST_CONTEXT: undefined },
  })
  if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, text)
  assert.equal(text, readFileSync(GOLDEN, 'utf8'))
})
