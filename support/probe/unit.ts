import { type Command, type CommandResult, sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { nearest } from '../core/nearest.ts'
import type { Probe } from './probe.ts'
import { type Answer, answers, C_LOCALE, inSections, lines, succeeded } from './sections.ts'
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

/** One unit by its exact, full name. */
export const unit: Probe<string, UnitFacts> = {
  budget: seconds(60),
  describe: name => name,
  command: name => sh`${show([name])}
${inSections(SYSTEM_STATE, ...SHOWN)}`,
  parse(result, name) {
    const [state, shown, known] = answers(result, name, 3)
    const system = parseSystemState(state, result)
    const [facts] = parseUnits({ result, shown, known, system }, [name])
    if (!facts) throw new UnreadableAnswer(name, result)
    return facts
  },
  evidence: name => ({
    name: 'journal',
    command: sh`journalctl --boot --quiet --unit ${name} --lines 20 --no-pager --output short-monotonic`,
  }),
}

/** `systemctl list-unit-files` reads every one of them and takes seconds under emulation; the names alone are in the folders. */
const UNIT_FOLDERS = ['/etc/systemd/system', '/run/systemd/system', '/lib/systemd/system']

/** Asked before the sections `SHOWN`, which both need it. */
export const show = (names: readonly string[] | Command): Command =>
  sh`${{ script: C_LOCALE }}
facts=$(systemctl show --property ${PROPERTIES} -- ${names}); ended=$?`

/** Properties of the units; when one was not found the names of all, for nothing but the nearest. */
export const SHOWN: readonly Command[] = [
  sh`printf '%s\n' "$facts"; exit $ended`,
  sh`case $facts in *LoadState=not-found*) ls -1 ${UNIT_FOLDERS} 2>/dev/null;; esac`,
]

export interface Shown {
  readonly result: CommandResult
  readonly shown: Answer | undefined
  readonly known: Answer | undefined
  readonly system: SystemState
}

/** The facts of `SHOWN`, in the order of the names. */
export function parseUnits({ result, shown, known, system }: Shown, names: readonly string[]): UnitFacts[] {
  const text = succeeded(shown, names.join(', '), result).trim()
  const blocks = text === '' ? [] : text.split(/\n\n+/)
  if (blocks.length !== names.length) throw new UnreadableAnswer(names.join(', '), result)
  const others = lines(known?.text).filter(line => !line.startsWith('/'))
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
