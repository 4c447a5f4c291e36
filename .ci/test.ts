/** Everything: the fast checks, the tests against real tools, and the features through the real command line. `npm test`. */
import { rmSync } from 'node:fs'
import type { Part } from './events.ts'
import { examples, features, withMachines } from './features.ts'
import { after, runLanes } from './lanes.ts'
import { provideNeeds } from './needs.ts'
import { fastChecks, realTests, toolboxTest } from './tests.ts'

const OUT = '.nixcumber/test'
/** So many of the slowest parts are told. */
const TOLD = 10

const needs = provideNeeds()
rmSync(OUT, { recursive: true, force: true })
const [furtherMachines, machines] = withMachines()
// A machine that boots under emulation keeps one core busy, and much of the rest waits: two jobs at once are what two cores bear.
// The toolbox is made of packages of its own, beside the installation of what the others need.
const { passed, failed, skipped, parts, failures } = await runLanes(2, [
  toolboxTest,
  ...[
    fastChecks,
    features('the features that users read', `${OUT}/examples`, examples()),
    realTests,
    features("nixcumber's own features with machines", `${OUT}/machines`, [...machines, '--tags', '@vm']),
    features("nixcumber's own features with machines, the other half", `${OUT}/further-machines`, [
      ...furtherMachines,
      '--tags',
      '@vm',
    ]),
    features("nixcumber's own features", `${OUT}/framework`, ['features/framework', '--tags', 'not @vm']),
  ].map(job => after(needs, job)),
])

console.log(`\n== the ${TOLD} slowest parts ==`)
for (const { name, milliseconds } of slowest(parts))
  console.log(`${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${name}`)

// Once more, and last: a reader of a log looks at its end.
for (const failure of failures) console.log(`\nFAILED  ${failure}`)

for (const skip of skipped) console.log(`skipped  ${skip}`)
console.log(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`)
process.exit(failed > 0 ? 1 : 0)

function slowest(all: readonly Part[]): Part[] {
  return all.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, TOLD)
}
