import { readdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { type Counts, readEvents } from './events.ts'
import type { Job } from './lanes.ts'

const FOLDERS = ['support', 'steps', 'fixtures/inputs/tests', 'fixtures/witness', '.ci'] as const

/** Milliseconds, of all files together; many times what they take on a busy machine. */
const LIMIT = { unit: 15 * 60_000, real: 80 * 60_000 } as const
/** Of tsx, which loads the tests: shared, else it would compile everything anew. */
const CACHE = /^tsx-\d+$/

/** Milliseconds, of one file of real tests. */
const FILE_LIMIT = 25 * 60_000

type Kind = keyof typeof LIMIT

/** Node 20's test runner takes no globs. `real` tests need Nix, QEMU or sshd; `unit` tests need nothing. */
export const testFiles = (kind: Kind): string[] =>
  FOLDERS.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.test.ts') && file.endsWith('.real.test.ts') === (kind === 'real'))
      .map(file => `${folder}/${file}`),
  ).sort()

/** The fast tests: prints what fails. */
export async function runUnitTests(): Promise<Counts> {
  const { output, ...counts } = await collect('unit', testFiles('unit'), LIMIT.unit)
  if (output !== '') console.log(output)
  return counts
}

/** As a job beside others: they need one core only. */
export const fastChecks: Job = {
  title: 'the fast checks',
  async run() {
    const { all, exitCode } = await execa('npm', ['run', '--silent', 'check'], {
      all: true,
      reject: false,
      timeout: 2 * LIMIT.unit,
    })
    const [passed = 0, failed = 0] =
      /^(?:ok|FAILED) {2}unit: (\d+) passed, (\d+) failed/m.exec(all)?.slice(1).map(Number) ?? []
    const skipped = all.split('\n').flatMap(line => /^skipped {2}(.*)/.exec(line)?.[1] ?? [])
    const isGood = exitCode === 0 && passed > 0
    const failures = isGood ? [] : [all]
    return { passed, failed: Math.max(failed, isGood ? 0 : 1), skipped, parts: [], failures, output: all }
  },
}

const TOOLBOX = 'support/nix/toolbox/toolbox.real.test.ts'

/** Before all that need one: where there is none yet, the one that it makes is theirs. */
export const toolboxTest: Job = {
  title: 'the toolbox of Nix and QEMU',
  run: () => collect('real', [TOOLBOX], LIMIT.real),
}

export const realTests: Job = {
  title: 'the tests against real Nix, QEMU and sshd',
  run: () =>
    collect(
      'real',
      testFiles('real').filter(file => file !== TOOLBOX),
      LIMIT.real,
    ),
}

/**
 * Runs test files, the fast ones all in one process: a process for each would take longer to start than to test.
 * Fast tests have a folder for temporary files of their own, in which nothing may be left. Counts tests, not suites; tells what fails, and of real tests everything. What hangs is ended, named, and counts as failed.
 * @param limit milliseconds, of all files together
 */
export async function collect(
  kind: Kind,
  files: readonly string[],
  limit: number,
): Promise<Counts & { readonly output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tests-'))
  const scratch = join(folder, 't')
  await mkdir(scratch)
  // As /tmp is: some tests look with another user's eyes.
  for (const way of [folder, scratch]) await chmod(way, 0o755)
  for (const cache of readdirSync(tmpdir()).filter(name => CACHE.test(name)))
    await symlink(join(tmpdir(), cache), join(scratch, cache))
  const events = join(folder, 'events.ndjson')
  await writeFile(events, '')
  const args = [
    ...['--import', 'tsx', `--test-reporter=${resolve('.ci/reporter.js')}`, '--test-reporter-destination', events],
    ...['--test-reporter', kind === 'real' ? 'spec' : resolve('.ci/failures.js')],
    ...['--test-reporter-destination', 'stdout'],
    ...(kind === 'real'
      ? ['--test', '--test-concurrency=1', `--test-timeout=${FILE_LIMIT}`, ...files]
      : ['.ci/all.ts', ...files]),
  ]
  // A test of this function is no part of the run that it starts.
  const env = { NODE_TEST_CONTEXT: undefined, ...(kind === 'unit' ? { TMPDIR: scratch } : {}) }
  const { all, exitCode, timedOut } = await execa('node', args, {
    stdin: 'ignore',
    all: true,
    env,
    reject: false,
    timeout: limit,
  })
  const { unfinished, ...counts } = readEvents(await readFile(events, 'utf8'))
  const left = readdirSync(scratch).filter(name => !CACHE.test(name))
  await rm(folder, { recursive: true })
  const troubles = unfinished.map(name => `FAILED  began and did not end: ${name}`)
  if (timedOut) troubles.unshift(`FAILED  the ${kind} tests did not end within ${limit / 1000} s`)
  if (left.length > 0 && !timedOut) troubles.push(`FAILED  left behind in TMPDIR: ${left.join(', ')}`)
  const isSilent = counts.failed === 0 && (exitCode !== 0 || left.length > 0)
  return {
    ...counts,
    failed: isSilent ? 1 : counts.failed,
    failures: [...counts.failures, ...(isSilent ? [all] : []), ...troubles],
    output: [all, ...troubles].filter(Boolean).join('\n'),
  }
}
