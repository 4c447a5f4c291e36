/** The machine that is to be wiped, in the configuration of a project. */
import { Given, type NixWorld, reads } from 'nixcumber'
import { trialOf } from './trial.ts'

/** Of a host that the configuration has as a machine. */
Given(
  "the project's target is its machine {string}",
  reads(function (this: NixWorld, name: string) {
    const trial = trialOf(this)
    const { machines } = JSON.parse(trial.read('nixcumber.config.json')) as { machines: Record<string, string> }
    trial.write('nixcumber.config.json', JSON.stringify({ facts: false, target: machines[name] }))
  }),
)
