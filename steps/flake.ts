/** Flakes: which one is in play, what is put together, and what must hold before anything is built. */
import type { DataTable } from '@cucumber/cucumber'
import { reads } from '../support/world/effect.ts'
import { Given, Then } from '../support/world/words/sentence.ts'
import { readTable } from '../support/world/words/table.ts'

Given(
  'the flake {string}',
  reads(function (reference: string) {
    this.flake.use(reference)
  }),
)

Given(
  'a dendritic flake',
  reads(function () {
    this.flake.assemble()
  }),
)

Given(
  'a dendritic flake from {string}',
  reads(function (folder: string) {
    this.flake.assemble(folder)
  }),
)

Given(
  'the module {string}:',
  reads(function (path: string, text: string) {
    this.flake.addModule(path, text)
  }),
)

Given(
  'the host {string} with modules {string}',
  reads(function (name: string, modules: string) {
    this.flake.addHost(name, modules)
  }),
)

Then('the flake evaluates', async function () {
  await this.flake.evaluate()
})

Then('host {string} evaluates', async function (host: string) {
  await this.flake.evaluateHost(host)
})

Then('host {string} does not evaluate: {string}', async function (host: string, reason: string) {
  await this.flake.refusesHost(host, reason)
})

Then('option {string} of host {string} is {string}', async function (option: string, host: string, value: string) {
  await this.flake.expectOptions(host, [{ option, value }])
})

Then('these options of host {string} hold:', async function (host: string, table: DataTable) {
  const rows = readTable(table.raw(), { of: 'options', columns: ['option', 'value'] })
  const wanted = rows.map(({ option = '', value = '' }) => ({ option, value }))
  await this.flake.expectOptions(host, wanted)
})
