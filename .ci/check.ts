/** The fast checks, one after the other, each with its time; stops at the first that fails. `npm run check`. */
import { execaSync } from 'execa'
import { runTests, testFiles } from './tests.ts'

const checks: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'format and lint': ['npx', 'biome', 'check', '.', '--error-on-warnings'],
  types: ['npx', 'tsc', '-p', '.'],
  'dead code': ['npx', 'knip', '--no-progress'],
}

for (const [name, [file, ...args]] of Object.entries(checks)) {
  const start = performance.now()
  const { exitCode } = execaSync(file, args, { stdio: 'inherit', reject: false })
  report(name, exitCode === 0, start)
}

const start = performance.now()
const { passed, failed, skipped } = await runTests(testFiles('unit'), { loud: false })
for (const skip of skipped) console.log(`skipped  ${skip}`)
report(`unit: ${passed} passed, ${failed} failed, ${skipped.length} skipped`, failed === 0 && passed > 0, start)
process.exit(0)

function report(name: string, good: boolean, since: number): void {
  console.log(`${good ? 'ok' : 'FAILED'}  ${name}, ${((performance.now() - since) / 1000).toFixed(1)} s`)
  if (!good) process.exit(1)
}
