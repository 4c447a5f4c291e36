import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { golden } from '../core/testing/golden.ts'

const ROOT = join(import.meta.dirname, '../..')

// In a process of its own: definitions register themselves once a process, and other tests load them too.
test('the catalogue is as the golden says: a changed sentence breaks features of users', () => {
  const text = execFileSync(process.execPath, [join(ROOT, 'bin/nixcumber.js'), 'steps'], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_TEST_CONTEXT: undefined },
  })
  golden('steps.txt', text)
})
