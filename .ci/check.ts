/** The fast checks, one after the other, each with its time; stops at the first that fails. `npm run check`. */
import { execaSync } from 'execa'
import { unitTests } from './unit-tests.ts'

const checks: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'format and lint': ['npx', 'biome', 'check', '.', '--error-on-warnings'],
  types: ['npx', 'tsc', '-p', '.'],
  unit: ['node', '--import', 'tsx', '--test', '--test-reporter', process.env.CI ? 'spec' : 'dot', ...unitTests()],
}

for (const [name, [file, ...args]] of Object.entries(checks)) {
  const start = performance.now()
  const { exitCode } = execaSync(file, args, { stdio: 'inherit', reject: false })
  console.log(`${exitCode === 0 ? 'ok' : 'FAILED'}  ${name}, ${((performance.now() - start) / 1000).toFixed(1)} s`)
  if (exitCode !== 0) process.exit(1)
}
