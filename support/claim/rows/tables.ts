/** Every Then sentence and its rows; a domain is one file and one line here. */
import { commandRows } from './command.rows.ts'
import { healthRows } from './health.rows.ts'
import type { ClaimTable } from './row.ts'
import { serviceRows } from './service.rows.ts'

export const TABLES: Readonly<Record<string, ClaimTable>> = {
  command: commandRows,
  health: healthRows,
  service: serviceRows,
}

/** Sentences whose rows are yet to be written, by domain. This list only becomes shorter: the check refuses one that has rows. */
export const OPEN: readonly string[] = [
  'the console shows {string}{tail}',
  'the console does not show {string}{tail}',
  'the console shows a line matching {string}{tail}',
  'service {unit} is active again{tail}',
  '{file} exists{tail}',
  '{file} does not exist{tail}',
  '{file} is a directory{tail}',
  '{file} is not a directory{tail}',
  '{file} is a link to {string}{tail}',
  '{file} contains {string}{tail}',
  '{file} contains{tail}:',
  '{file} does not contain {string}{tail}',
  '{file} has mode {mode}{tail}',
  '{file} has owner {string}{tail}',
  '{file} has group {string}{tail}',
  '{file} has sha256 {string}{tail}',
  'group {string} exists{tail}',
  'group {string} does not exist{tail}',
  'group {string} has member {string}{tail}',
  'group {string} does not have member {string}{tail}',
  'group {string} has gid {int}{tail}',
  '{url} answers {int}{tail}',
  '{url} answers with {string}{tail}',
  '{url} does not answer {int}{tail}',
  '{url} does not answer with {string}{tail}',
  'the journal of {unit} contains {string}{tail}',
  'the journal of {unit} does not contain {string}{tail}',
  'the journal of {unit} contains a line matching {string}{tail}',
  'the journal contains {string}{tail}',
  'the journal does not contain {string}{tail}',
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
  'user {string} exists{tail}',
  'user {string} does not exist{tail}',
  'user {string} is in group {string}{tail}',
  'user {string} is not in group {string}{tail}',
  'user {string} has shell {string}{tail}',
  'user {string} has home {string}{tail}',
  'user {string} has uid {int}{tail}',
  'these users exist{tail}:',
]

/** Sentences that no answer of a machine decides, with the reason. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  flake: 'judged by Nix before there is a machine; see support/nix and support/flake',
}
