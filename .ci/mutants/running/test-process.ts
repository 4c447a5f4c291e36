import { join, resolve } from 'node:path'

const ALL = resolve(import.meta.dirname, '../../all.ts')
const FIRST_FAILURE = join(import.meta.dirname, 'first-failure.js')

/** Files of tests in one process, which ends at the first test that fails. @param options of node */
export const testArguments = (files: readonly string[], options: readonly string[] = []): string[] => [
  ...['--import', 'tsx', `--test-reporter=${FIRST_FAILURE}`, '--test-reporter-destination', 'stdout'],
  ...[...options, ALL, ...files],
]

/** Those tests alone, with all that is in them. */
export const named = (tests: readonly string[]): string[] =>
  tests.map(name => `--test-name-pattern=^${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`)

/** The variable is the one that Stryker's instrumented code reads. */
export const testEnvironment = (temporary: string, mutant?: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_TEST_CONTEXT: undefined,
  TMPDIR: temporary,
  __STRYKER_ACTIVE_MUTANT__: mutant,
})
