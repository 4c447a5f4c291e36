/** Layouts of disks as disko is told them: evaluated, not built. */
import type { DataTable } from '@cucumber/cucumber'
import { readLayout, readWipedDisks } from '../support/world/words/layout-table.ts'
import { Then } from '../support/world/words/sentence.ts'

Then('the layout of host {string} wipes these disks and no other:', async function (host: string, table: DataTable) {
  await this.flake.expectWipedDisks(host, readWipedDisks(table.raw()))
})

Then('the layout of host {string} is:', async function (host: string, table: DataTable) {
  await this.flake.expectLayout(host, readLayout(table.raw()))
})
