import { readdirSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

export interface Counts {
  passed: number
  failed: number
  /** Each skip with its reason: nothing is left out in silence. */
  skipped: string[]
}

const FOLDERS = ['support', 'steps', 'fixtures/inputs/tests'] as const

/** Node 20's test runner takes no globs. `real` tests need Nix, QEMU or sshd; `unit` tests need nothing. */
export const testFiles = (kind: 'unit' | 'real'): string[] =>
  FOLDERS.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.test.ts') && file.endsWith('.real.test.ts') === (kind === 'real'))
      .map(file => `${folder}/${file}`),
  ).sort()

/** Runs test files, prints what fails (everything when `loud`), and counts tests, not suites. */
export async function runTests(
  files: string[],
  { loud, concurrency }: { loud: boolean; concurrency: number },
): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: [] }
  const stream = run({ files, concurrency })
  stream.on('test:pass', ({ name, skip, details }) => {
    if (skip) counts.skipped.push(typeof skip === 'string' ? `${name}: ${skip}` : name)
    else if (details.type !== 'suite') counts.passed++
  })
  stream.on('test:fail', ({ name, details }) => {
    if (details.type !== 'suite') counts.failed++
    if (!loud) console.error(`FAILED  ${name}\n`, details.error.cause ?? details.error)
  })
  if (loud) stream.compose(new spec()).pipe(process.stdout)
  else stream.resume()
  await new Promise(resolve => stream.on('end', resolve))
  return counts
}
