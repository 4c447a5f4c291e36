import { sh } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { PIECE, pieces } from './pieces.ts'
import { type Section, sorted } from './section.ts'

/** Whether each unit is wanted and whether it runs: `enabled, active (running)`. */
export const unitsSection: Section = {
  name: 'units',
  tool: 'systemctl',
  command: sh`
${PIECE}
loaded=$(systemctl list-units --all --full --plain --no-legend --no-pager) || exit
files=$(systemctl list-unit-files --full --no-legend --no-pager) || exit
piece "$loaded"; piece "$files"`,
  parse(text, bytes = Buffer.from(text)) {
    const [loaded = '', files = ''] = pieces(bytes)
    const states = new Map(lines(files).map(line => words(line) as [string, string]))
    const active = new Map(lines(loaded).flatMap(activity))
    const names = [...new Set([...active.keys(), ...states.keys()])].filter(name => isLasting(name, states))
    return sorted(names.flatMap(name => described(name, active, states)))
  },
}

/** UNIT LOAD ACTIVE SUB (systemctl(1)); one that is only mentioned by others is none. */
function activity(line: string): [string, string][] {
  const [unit = '', load, state = '', sub = ''] = words(line.replace(/^[●*○×]\s*/u, ''))
  return load === 'not-found' ? [] : [[unit, `${state} (${sub})`]]
}

const words = (line: string): string[] => line.trim().split(/\s+/)

/** Mounts have a section of their own; devices, scopes and slices come and go with what is plugged in and with who logs in. */
const KINDS = /\.(?:service|socket|timer|path|target|automount)$/
/** `run-…`: as systemd-run(1) calls what it starts, by a number of its own, by chance, or by process and invocation. */
const PASSING =
  /^(?:run-(?:u\d+|r[\da-f]{32}|p\d+-i\d+)\.|user@|user-runtime-dir@|systemd-coredump@|dbus-:)|@\d+-|@\.\w+$/

const isLasting = (name: string, states: ReadonlyMap<string, string>): boolean =>
  KINDS.test(name) && !PASSING.test(name) && !['transient', 'alias'].includes(states.get(name) ?? '')

function described(
  name: string,
  active: ReadonlyMap<string, string>,
  states: ReadonlyMap<string, string>,
): [string, string][] {
  const own = states.get(name)
  const file = own ?? states.get(name.replace(/^([^@]*@).*\./, '$1.'))
  const state = active.get(name) ?? 'inactive (dead)'
  // An instance that rests is forgotten by systemd sooner or later.
  if (own === undefined && state.startsWith('inactive')) return []
  const now =
    !own?.startsWith('enabled') && isOnDemand(name, active) && !state.startsWith('failed') ? 'on demand' : state
  return [[name, file === undefined ? now : `${file}, ${now}`]]
}

/** What a timer or a socket starts runs or rests by the minute. */
function isOnDemand(name: string, active: ReadonlyMap<string, string>): boolean {
  const stem = /^(.*)\.service$/.exec(name)?.[1]
  return stem !== undefined && ['timer', 'socket', 'path'].some(kind => active.has(`${stem}.${kind}`))
}
