import { noUnitFailed, systemIsRunning } from '../support/claim/system/system.ts'
import { system } from '../support/probe/system/system.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'

Then('the system is running{tail}', async function (tail: StepSuffix) {
  await this.see(system, undefined, systemIsRunning, tail)
})

Then('no unit has failed{tail}', async function (tail: StepSuffix) {
  await this.see(system, undefined, noUnitFailed, tail)
})
