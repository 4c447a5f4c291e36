import { type Command, type CommandResult, sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { nearest } from '../core/nearest.ts'
import type { Probe } from './probe.ts'
import { inSections, lines, sections } from './sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from './system.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

/** One unit, in the words of `systemctl show` (org.freedesktop.systemd1(5)). */
export interface UnitFacts {
  /** The full name that was asked for. */
  readonly name: string
  /** The unit's own name; differs from `name` when that is an alias. */
  readonly id: string
  readonly loadState: string
  readonly activeState: string
  readonly subState: string
  /** `success`, `exit-code`, `start-limit-hit` … */
  readonly result: string
  readonly exit: { readonly code: number; readonly signal: boolean }
  readonly restarts: number
  readonly fileState: string
  /** Units that pull it in: on NixOS the links below `*.wants` and `*.requires`. */
  readonly wantedBy: readonly string[]
  /** Timers, sockets and paths that may start it at any time. */
  readonly triggeredBy: readonly string[]
  /** Changes whenever the unit is started anew. */
  readonly invocation: string
  /** systemd has something queued for it. */
  readonly job: boolean
  readonly system: SystemState
  /** When there is no such unit: the known one most like it. */
  readonly nearest?: string
}

const PROPERTIES =
  'Id,LoadState,ActiveState,SubState,Result,ExecMainCode,ExecMainStatus,NRestarts,UnitFileState,WantedBy,RequiredBy,TriggeredBy,InvocationID,Job'

/** Many units in one round trip; facts in the order of the names. */
export const units: Probe<readonly string[], readonly UnitFacts[]> = {
  budget: seconds(60),
  describe: names => `these ${names.length} units`,
  command: names => show(names),
  parse: (result, names) => parse(result, names),
}

/** One unit by its exact, full name. */
export const unit: Probe<string, UnitFacts> = {
  budget: seconds(60),
  describe: name => name,
  command: name => show([name]),
  parse(result, name) {
    const [facts] = parse(result, [name])
    if (!facts) throw new UnreadableAnswer(name, result)
    return facts
  },
  evidence: name => ({
    name: 'journal',
    command: sh`journalctl --boot --unit ${name} --lines 20 --no-pager --output short-monotonic`,
  }),
}

/** The list of all names is asked for only when one was not found: it is long, and good for nothing but the nearest name. */
const show = (names: readonly string[]): Command =>
  inSections(
    sh`facts=$(systemctl show --property ${PROPERTIES} -- ${names}) && printf '%s\n' "$facts"`,
    SYSTEM_STATE,
    sh`case $facts in *LoadState=not-found*) systemctl list-unit-files --no-legend --no-pager --full;; esac`,
  )

function parse(result: CommandResult, names: readonly string[]): UnitFacts[] {
  const [shown = '', state = '', known] = sections(result)
  const blocks = shown.trim().split(/\n\n+/)
  if (shown.trim() === '' || blocks.length !== names.length) throw new UnreadableAnswer(names.join(', '), result)
  const system = parseSystemState(state, result)
  const others = lines(known).map(line => line.split(/\s/, 1)[0] ?? '')
  return names.map((name, i) => toFacts(name, parseProperties(blocks[i] ?? ''), { system, others }))
}

interface Surroundings {
  readonly system: SystemState
  readonly others: readonly string[]
}

function toFacts(name: string, shown: ReadonlyMap<string, string>, { system, others }: Surroundings): UnitFacts {
  const get = (key: string): string => shown.get(key) ?? ''
  const near = get('LoadState') === 'not-found' ? nearest(name, others) : undefined
  return {
    name,
    id: get('Id'),
    loadState: get('LoadState'),
    activeState: get('ActiveState'),
    subState: get('SubState'),
    result: get('Result'),
    exit: { code: Number(get('ExecMainStatus') || 0), signal: Number(get('ExecMainCode') || 0) > 1 },
    restarts: Number(get('NRestarts') || 0),
    fileState: get('UnitFileState'),
    wantedBy: `${get('WantedBy')} ${get('RequiredBy')}`.split(' ').filter(Boolean),
    triggeredBy: get('TriggeredBy').split(' ').filter(Boolean),
    invocation: get('InvocationID'),
    job: !['', '0'].includes(get('Job')),
    system,
    ...(near && { nearest: near }),
  }
}

/** `systemctl show`: one `Key=value` a line; a line without a key continues the value before it. */
export function parseProperties(block: string): Map<string, string> {
  const shown = new Map<string, string>()
  let last = ''
  for (const line of block.split('\n')) {
    const [, key, value = ''] = /^([A-Z][A-Za-z0-9]*)=(.*)$/.exec(line) ?? []
    if (key !== undefined) shown.set(key, value)
    else if (last !== '') shown.set(last, `${shown.get(last)}\n${line}`)
    last = key ?? last
  }
  return shown
}
