import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Each skip with its reason: nothing is left out in silence. */
  readonly skipped: readonly string[]
}

const FOLDERS = ['support', 'steps', 'fixtures/inputs/tests'] as const

/** Node 20's test runner takes no globs. `real` tests need Nix, QEMU or sshd; `unit` tests need nothing. */
export const testFiles = (kind: 'unit' | 'real'): string[] =>
  FOLDERS.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.test.ts') && file.endsWith('.real.test.ts') === (kind === 'real'))
      .map(file => `${folder}/${file}`),
  ).sort()

/**
 * Runs test files, all in one process when they are fast ones: a process for each would take longer to start than to test.
 * Prints what fails (everything when `loud`) and counts tests, not suites.
 */
export async function runTests(files: string[], { loud }: { readonly loud: boolean }): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'tests-'))
  const counted = join(folder, 'counts.json')
  const args = [
    ...['--import', 'tsx', `--test-reporter=${resolve('.ci/reporter.js')}`, '--test-reporter-destination', counted],
    ...['--test-reporter', loud ? 'spec' : resolve('.ci/failures.js'), '--test-reporter-destination', 'stdout'],
    ...(loud ? ['--test', '--test-concurrency=1', ...files] : ['.ci/all.ts', ...files]),
  ]
  const { exitCode } = await execa('node', args, { stdio: 'inherit', reject: false })
  const counts = JSON.parse(await readFile(counted, 'utf8')) as Counts
  await rm(folder, { recursive: true })
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1 }
  return counts
}
