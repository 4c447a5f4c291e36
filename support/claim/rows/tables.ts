/** Every Then sentence and its rows; a domain is one file and one line here. */
import { commandRows } from './command.rows.ts'
import { fileRows } from './file.rows.ts'
import { fileContentRows } from './file-content.rows.ts'
import { groupRows } from './group.rows.ts'
import { healthRows } from './health.rows.ts'
import { journalRows } from './journal.rows.ts'
import type { ClaimTable } from './row.ts'
import { serviceRows } from './service.rows.ts'
import { userRows } from './user.rows.ts'

export const TABLES: Readonly<Record<string, ClaimTable>> = {
  command: commandRows,
  file: { ...fileRows, ...fileContentRows },
  group: groupRows,
  health: healthRows,
  journal: journalRows,
  service: serviceRows,
  user: userRows,
}

/** Sentences whose rows are yet to be written, by domain. This list only becomes shorter: the check refuses one that has rows. */
export const OPEN: readonly string[] = [
  'the console shows {string}{tail}',
  'the console does not show {string}{tail}',
  'the console shows a line matching {string}{tail}',
  'service {unit} is active again{tail}',
  '{url} answers {int}{tail}',
  '{url} answers with {string}{tail}',
  '{url} does not answer {int}{tail}',
  '{url} does not answer with {string}{tail}',
  'machine {string} is off{within}',
  'machine {string} has panicked{within}',
  'machine {string} comes back{within}',
  '{string} reaches {string}{tail}',
  '{string} does not reach {string}{tail}',
  'the round trip from {string} to {string} takes at least {duration}{tail}',
  'the round trip from {string} to {string} takes at most {duration}{tail}',
  '{port} of {string} is reachable from {string}{tail}',
  '{port} of {string} is not reachable from {string}{tail}',
  '{port} is listening{tail}',
  '{port} is not listening{tail}',
  '{port} is listening on address {string}{tail}',
  '{port} is not listening on address {string}{tail}',
  '{port} is reachable{tail}',
  '{port} is not reachable{tail}',
  'the screen shows {string}{tail}',
  'the screen does not show {string}{tail}',
  'the running system is host {string}{tail}',
  'no reboot is needed{tail}',
  'the time zone is {string}{tail}',
  'the clock is right{tail}',
]

/** Sentences that no answer of a machine decides, with the reason. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  flake: 'judged by Nix before there is a machine; see support/nix and support/flake',
}
