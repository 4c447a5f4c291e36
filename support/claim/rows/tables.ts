/** Every Then sentence and its rows; a domain is one file and one line here. */
import { commandRows } from './command.rows.ts'
import { consoleRows } from './console.rows.ts'
import { faultRows } from './fault.rows.ts'
import { fileRows } from './file.rows.ts'
import { fileContentRows } from './file-content.rows.ts'
import { groupRows } from './group.rows.ts'
import { healthRows } from './health.rows.ts'
import { httpRows } from './http.rows.ts'
import { journalRows } from './journal.rows.ts'
import { machineRows } from './machine.rows.ts'
import { peerRows } from './peer.rows.ts'
import { portRows } from './port.rows.ts'
import { reachRows } from './reach.rows.ts'
import type { ClaimTable } from './row.ts'
import { screenRows } from './screen.rows.ts'
import { serviceRows } from './service.rows.ts'
import { storageRows } from './storage.rows.ts'
import { systemRows } from './system.rows.ts'
import { timeZoneRows } from './time-zone.rows.ts'
import { userRows } from './user.rows.ts'

export const TABLES: Readonly<Record<string, ClaimTable>> = {
  system: { ...systemRows, ...timeZoneRows },
  screen: screenRows,
  machine: machineRows,
  fault: faultRows,
  console: consoleRows,
  command: commandRows,
  file: { ...fileRows, ...fileContentRows },
  group: groupRows,
  health: healthRows,
  http: httpRows,
  journal: journalRows,
  network: peerRows,
  port: { ...portRows, ...reachRows },
  service: serviceRows,
  storage: storageRows,
  user: userRows,
}

/** Sentences whose rows are yet to be written, by domain. This list only becomes shorter: the check refuses one that has rows. */
export const OPEN: readonly string[] = []

/** Sentences that no answer of a machine decides, with the reason. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  cache: 'judged by what Nix says of a binary cache; see support/flake/cache',
  entry: 'judged by Nix before there is a machine; see support/flake/entry',
  flake: 'judged by Nix before there is a machine; see support/nix and support/flake',
  layout: 'judged by Nix before there is a machine; see support/flake/layout',
}
