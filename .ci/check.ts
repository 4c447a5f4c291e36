/** The fast checks, one after the other, each with its time; stops at the first that fails. `npm run check`. */
import { execaSync } from 'execa'
import { runUnitTests } from './tests.ts'

/** Milliseconds, of one check; many times what it takes on a busy machine. */
const LIMIT = 5 * 60_000

const checks: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'format and lint': ['npx', 'biome', 'check', '.', '--error-on-warnings'],
  types: ['npx', 'tsc', '-p', '.'],
  'dead code': ['npx', 'knip', '--no-progress'],
}

for (const [name, [file, ...args]] of Object.entries(checks)) {
  const start = performance.now()
  const { exitCode, timedOut } = execaSync(file, args, { stdio: 'inherit', reject: false, timeout: LIMIT })
  if (timedOut) console.log(`FAILED  ${name} did not end within ${LIMIT / 1000} s`)
  report(name, exitCode === 0, start)
}

const start = performance.now()
const { passed, failed, skipped } = await runUnitTests()
for (const skip of skipped) console.log(`skipped  ${skip}`)
report(`unit: ${passed} passed, ${failed} failed, ${skipped.length} skipped`, failed === 0 && passed > 0, start)
process.exit(0)

function report(name: string, good: boolean, since: number): void {
  console.log(`${good ? 'ok' : 'FAILED'}  ${name}, ${((performance.now() - since) / 1000).toFixed(1)} s`)
  if (!good) process.exit(1)
}
