/** Everything: the fast checks, the tests against real tools, then the features through the real command line. `npm test`. */
import { readFileSync } from 'node:fs'
import { execaSync } from 'execa'
import { provideNeeds } from './needs.ts'
import { type Counts, runTests, testFiles } from './tests.ts'

provideNeeds()
section('the fast checks')
if (execaSync('npm', ['run', '--silent', 'check'], { stdio: 'inherit', reject: false }).exitCode !== 0) process.exit(1)

section('against real Nix, QEMU and sshd')
const real = await runTests(testFiles('real'), { loud: true })

section('the features, through the command line')
const out = '.nixcumber/test'
const { exitCode } = execaSync('node', ['bin/nixcumber.js', 'run', '--offline', '--out', out], {
  stdio: 'inherit',
  reject: false,
})
const features = scenarios(`${out}/junit.xml`)

for (const skip of [...real.skipped, ...features.skipped]) console.log(`skipped  ${skip}`)
const total = [real, features].reduce((a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: [...a.skipped, ...b.skipped],
}))
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`)
process.exit(exitCode !== 0 || total.failed > 0 || features.passed === 0 ? 1 : 0)

function section(title: string): void {
  console.log(`\n== ${title} ==`)
}

/** The scenarios as the JUnit report counts them, so that the report itself is used as others use it. */
function scenarios(file: string): Counts {
  const text = readFileSync(file, 'utf8')
  const number = (name: string): number =>
    Number(new RegExp(`<testsuites?[^>]* ${name}="(\\d+)"`).exec(text)?.[1] ?? Number.NaN)
  const failed = number('failures') + (number('errors') || 0)
  const skipped = Array.from({ length: number('skipped') || 0 }, (_, i) => `scenario ${i + 1}, see ${file}`)
  return { passed: number('tests') - failed - skipped.length, failed, skipped }
}
