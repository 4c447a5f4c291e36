import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { golden } from '../../support/core/testing/golden.ts'
import { coveragePage } from './coverage.ts'
import { commandLinePage, sentencesPage } from './generated.ts'
import { ROOT } from './page.ts'

const folder = join(ROOT, 'docs')

// In a process of its own: definitions register themselves once a process, and other tests load them too.
const catalogue = (): string =>
  execFileSync(process.execPath, [join(ROOT, 'bin/nixcumber.js'), 'steps', '--json'], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  })

test('docs/sentences.md lists the sentences that there are', () =>
  golden('sentences.md', sentencesPage(JSON.parse(catalogue())), { folder }))

test('docs/coverage.md says by which rows each sentence is proved', () =>
  golden('coverage.md', coveragePage(JSON.parse(catalogue())), { folder }))

test('docs/command-line.md lists the commands and options that there are', () =>
  golden('command-line.md', commandLinePage(), { folder }))
