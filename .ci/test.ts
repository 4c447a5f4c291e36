/** Everything: the fast checks, the tests against real tools, then the features through the real command line. `npm test`. */
import { rmSync } from 'node:fs'
import { execaSync } from 'execa'
import type { Part } from './events.ts'
import { provideNeeds } from './needs.ts'
import { readScenarios } from './scenarios.ts'
import { runTests } from './tests.ts'

/** Milliseconds, of all features; many times what they take. Each wait in them has a bound of its own. */
const LIMIT = 60 * 60_000
/** So many of the slowest parts are told. */
const TOLD = 10

provideNeeds()
section('the fast checks')
if (execaSync('npm', ['run', '--silent', 'check'], { stdio: 'inherit', reject: false }).exitCode !== 0) process.exit(1)

section('against real Nix, QEMU and sshd')
const real = await runTests('real')

section('the features, through the command line')
const out = '.nixcumber/test'
rmSync(out, { recursive: true, force: true })
const { exitCode, timedOut } = execaSync('node', ['bin/nixcumber.js', 'run', '--offline', '--out', out], {
  stdio: 'inherit',
  reject: false,
  timeout: LIMIT,
})
if (timedOut) console.log(`FAILED  the features did not end within ${LIMIT / 1000} s`)
const features = readScenarios(`${out}/junit.xml`)

section(`the ${TOLD} slowest parts`)
for (const part of slowest([...real.parts, ...features.parts]))
  console.log(`${(part.milliseconds / 1000).toFixed(1).padStart(6)} s  ${part.name}`)

for (const skip of [...real.skipped, ...features.skipped]) console.log(`skipped  ${skip}`)
const [passed, failed] = [real.passed + features.passed, real.failed + features.failed]
console.log(`\n${passed} passed, ${failed} failed, ${real.skipped.length + features.skipped.length} skipped`)
process.exit(exitCode !== 0 || failed > 0 || features.passed === 0 ? 1 : 0)

function section(title: string): void {
  console.log(`\n== ${title} ==`)
}

function slowest(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, TOLD)
}
