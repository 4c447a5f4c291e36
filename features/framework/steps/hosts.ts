/** Live hosts for nixcumber's own features: real sshd's on lines that behave, gone with the scenario. */
import { join } from 'node:path'
import { After, type DataTable, Given, type NixWorld, reads } from 'nixcumber'
import { Companion } from './companion.ts'
import { ROOT, trialOf } from './trial.ts'

const PROGRAM = join(ROOT, 'support/shell/testing/hosts.ts')
const running = new WeakMap<NixWorld, Companion>()

/** A table of hosts and how each behaves: `| web1 | well |`. They stand in the project's configuration. */
Given(
  'these live hosts:',
  reads(async function (this: NixWorld, table: DataTable) {
    const words = table.raw().map(([name = '', how = '']) => `${name}:${how}`)
    const hosts = new Companion(PROGRAM, words)
    running.set(this, hosts)
    trialOf(this).write('nixcumber.config.json', JSON.stringify({ machines: await hosts.answer() }))
  }),
)

/** A feature for each host, so many scenarios in it; each asks for something that is so. */
Given(
  'a feature of {int} scenarios for each of {string}',
  reads(function (this: NixWorld, count: number, names: string) {
    for (const name of names.split(', ')) {
      const scenarios = Array.from(
        { length: count },
        (_, i) => `  Scenario: ${name} ${i}\n    Then user "root" exists\n`,
      )
      const head = `Feature: ${name}\n  Background:\n    Given machine "${name}" is running\n`
      trialOf(this).write(`features/${name}.feature`, head + scenarios.join(''))
    }
  }),
)

After(function (this: NixWorld) {
  running.get(this)?.end()
})
