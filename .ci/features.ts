/** Features through the real command line: a job of `npm test`. */
import { readdirSync, readFileSync } from 'node:fs'
import { execa } from 'execa'
import type { Job } from './lanes.ts'
import { readScenarios } from './scenarios.ts'

/** Milliseconds, of one call; many times what it takes. Each wait in it has a bound of its own. */
const LIMIT = 60 * 60_000

/** What users read. All of them but one ask machines. */
export const examples = (): string[] =>
  readdirSync('features')
    .filter(name => name.endsWith('.feature'))
    .map(name => `features/${name}`)

/** nixcumber's own features that ask machines, in two parts, every second file in one. */
export function withMachines(): readonly [string[], string[]] {
  const folder = 'features/framework'
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.feature'))
    .map(name => `${folder}/${name}`)
    .filter(path => readFileSync(path, 'utf8').includes('@vm'))
  return [files.filter((_, i) => i % 2 === 0), files.filter((_, i) => i % 2 === 1)]
}

/** @param out folder of the run; @param words what is to be run */
export const features = (title: string, out: string, words: readonly string[]): Job => ({
  title,
  async run() {
    const args = ['bin/nixcumber.js', 'run', '--offline', '--out', out, ...words]
    const { all, exitCode, timedOut } = await execa('node', args, { all: true, reject: false, timeout: LIMIT })
    const counts = readScenarios(`${out}/junit.xml`)
    const output = timedOut ? `${all}\nFAILED  ${title} did not end within ${LIMIT / 1000} s` : all
    const isSilent = (exitCode !== 0 && counts.failed === 0) || counts.passed === 0
    const failures = isSilent ? [...counts.failures, output] : counts.failures
    return { ...counts, failed: isSilent ? 1 : counts.failed, failures, output }
  },
})
