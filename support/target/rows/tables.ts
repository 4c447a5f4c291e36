/** Every sentence about a target and its rows. */
import { diskRows } from './disk.rows.ts'
import { driversRows } from './drivers.rows.ts'
import { firmwareRows } from './firmware.rows.ts'
import { hangsRows } from './hangs.rows.ts'
import { installerRows } from './installer.rows.ts'
import { networkRows } from './network.rows.ts'
import type { TargetTable } from './row.ts'

export const TARGET_TABLES: TargetTable = {
  ...diskRows,
  ...hangsRows,
  ...firmwareRows,
  ...driversRows,
  ...networkRows,
  ...installerRows,
}
