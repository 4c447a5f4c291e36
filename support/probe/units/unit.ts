import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { nearest } from '../../core/text/nearest.ts'
import { these } from '../../core/text/text.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, C_LOCALE, inSections, lines, succeeded } from '../sections.ts'
import { parseSystemState, SYSTEM_STATE, type SystemState } from '../system/system-state.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'
import { newestLines } from './journal.ts'
import { agesOf, PROCESS_TIMES } from './unit-age.ts'
import { blocksOf } from './unit-properties.ts'

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
  /** How often systemd has started it again by itself since it was last started otherwise. */
  readonly restarts: number
  /** Restart= of a service: `no`, `on-failure`, `always` …; empty for other units. */
  readonly restart: string
  /** Seconds since its present start, of its main process where it has one; undefined while it is not active. */
  readonly age?: number
  readonly fileState: string
  /** Units that pull it in: on NixOS the links below `*.wants` and `*.requires`; BindsTo= and Upholds= of others, too. */
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

/** Each of them fits on one line: names, numbers and words of systemd's own. */
const PROPERTIES =
  'Id,LoadState,ActiveState,SubState,Result,ExecMainCode,ExecMainStatus,NRestarts,Restart,MainPID,ActiveEnterTimestampMonotonic,UnitFileState,WantedBy,RequiredBy,BoundBy,UpheldBy,TriggeredBy,InvocationID,Job'

/** How others may start it (systemd.unit(5)); an older systemd leaves out what it does not have. */
const PULLING = ['WantedBy', 'RequiredBy', 'BoundBy', 'UpheldBy'] as const

/** Many units in one round trip, by their exact, full names; facts in the order of the names. */
export const units: Probe<readonly string[], readonly UnitFacts[]> = {
  budget: seconds(60),
  describe: names => these(names.length, 'service'),
  command: names => sh`${{ script: C_LOCALE }}
facts=$(systemctl show --property ${PROPERTIES} -- ${names}); ended=$?
${inSections(SYSTEM_STATE, sh`printf '%s\n' "$facts"; exit $ended`, PROCESS_TIMES, NAMES)}`,
  parse(result, names) {
    const [state, shown, times, known] = answers(result, names.join(', '), 4)
    return parseUnits({ result, shown, times, known, system: parseSystemState(state, result) }, names)
  },
}

/** One unit by its exact, full name. */
export const unit: Probe<string, UnitFacts> = {
  budget: units.budget,
  describe: name => name,
  command: name => units.command([name]),
  parse(result, name) {
    const [facts] = units.parse(result, [name])
    if (!facts) throw new UnreadableAnswer(name, result)
    return facts
  },
  evidence: name => ({
    name: 'journal',
    command: newestLines(name),
  }),
}

/** `systemctl list-unit-files` reads every one of them and takes seconds under emulation; the names alone are in the folders. */
const UNIT_FOLDERS = ['/etc/systemd/system', '/run/systemd/system', '/lib/systemd/system']

/** When a unit was not found the names of all, for nothing but the nearest. */
const NAMES: Command = sh`case $facts in *LoadState=not-found*) ls -1 ${UNIT_FOLDERS} 2>/dev/null;; esac`

interface Shown {
  readonly result: CommandResult
  readonly shown: Answer | undefined
  readonly times: Answer | undefined
  readonly known: Answer | undefined
  readonly system: SystemState
}

function parseUnits({ result, shown, times, known, system }: Shown, names: readonly string[]): UnitFacts[] {
  const blocks = blocksOf(succeeded(shown, names.join(', '), result))
  if (blocks.length !== names.length || blocks.some(block => !block?.has('LoadState')))
    throw new UnreadableAnswer(names.join(', '), result)
  const ageOf = agesOf(times?.text)
  const others = lines(known?.text).filter(line => !line.startsWith('/'))
  return names.map((name, i) => toFacts(name, blocks[i] ?? new Map(), { system, others, ageOf }))
}

interface Surroundings {
  readonly system: SystemState
  readonly others: readonly string[]
  ageOf(shown: ReadonlyMap<string, string>): number | undefined
}

function toFacts(name: string, shown: ReadonlyMap<string, string>, { system, others, ageOf }: Surroundings): UnitFacts {
  const get = (key: string): string => shown.get(key) ?? ''
  const near = get('LoadState') === 'not-found' ? nearest(name, others) : undefined
  const age = ageOf(shown)
  return {
    name,
    id: get('Id'),
    loadState: get('LoadState'),
    activeState: get('ActiveState'),
    subState: get('SubState'),
    result: get('Result'),
    exit: { code: Number(get('ExecMainStatus') || 0), signal: Number(get('ExecMainCode') || 0) > 1 },
    restarts: Number(get('NRestarts') || 0),
    restart: get('Restart'),
    ...(age !== undefined && { age }),
    fileState: get('UnitFileState'),
    wantedBy: PULLING.flatMap(key => get(key).split(' ')).filter(Boolean),
    triggeredBy: get('TriggeredBy').split(' ').filter(Boolean),
    invocation: get('InvocationID'),
    job: !['', '0'].includes(get('Job')),
    system,
    ...(near && { nearest: near }),
  }
}
