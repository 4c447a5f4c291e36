/** Tables of a feature about the layout of disks. */
import { refuse } from '../../core/refusal.ts'
import type { WantedDisk, WantedLayout } from '../../flake/layout/judge-layout.ts'
import { COLUMNS } from '../../flake/layout/layout-rows.ts'
import { readTable } from './table.ts'

type Cells = readonly (readonly string[])[]

/** @throws UsageError for a wrong table, and a row without one of both */
export function readWipedDisks(cells: Cells): readonly WantedDisk[] {
  return readTable(cells, { of: 'disks', columns: ['disk', 'device'] }).map(({ disk = '', device }) => {
    if (device === undefined)
      throw refuse({
        what: `Disk "${disk}" in the table of disks has no device`,
        expected: 'the device that disko.devices.disk names: | disk | device |',
      })
    return { disk, device }
  })
}

/** @throws UsageError for a wrong table */
export function readLayout(cells: Cells): WantedLayout {
  const rows = readTable(cells, { of: 'the layout', columns: COLUMNS, keys: 'rows' })
  const wrong = rows.find(({ encrypted }) => encrypted !== undefined && encrypted !== 'yes' && encrypted !== 'no')
  if (wrong)
    throw refuse({
      what: `"${wrong.encrypted}" in the column "encrypted" of the layout is not understood`,
      expected: 'yes or no',
    })
  const header = cells[0] ?? []
  return { columns: COLUMNS.filter(column => header.includes(column)), rows }
}
