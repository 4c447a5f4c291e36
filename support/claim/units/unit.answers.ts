/** What systemd answers about units, for rows. */
import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'

export interface UnitAnswer {
  readonly Id?: string
  readonly LoadState?: string
  readonly ActiveState?: string
  readonly SubState?: string
  readonly Result?: string
  readonly NRestarts?: number
  readonly Restart?: string
  readonly MainPID?: number
  readonly UnitFileState?: string
  readonly WantedBy?: string
  readonly RequiredBy?: string
  readonly BoundBy?: string
  readonly UpheldBy?: string
  readonly TriggeredBy?: string
  readonly InvocationID?: string
  readonly Job?: number | string
  readonly ActiveEnterTimestampMonotonic?: number
}

const RUNS: Required<UnitAnswer> = {
  Id: 'sshd.service',
  LoadState: 'loaded',
  ActiveState: 'active',
  SubState: 'running',
  Result: 'success',
  NRestarts: 0,
  Restart: 'on-failure',
  MainPID: 812,
  UnitFileState: 'enabled',
  WantedBy: 'multi-user.target',
  RequiredBy: '',
  BoundBy: '',
  UpheldBy: '',
  TriggeredBy: '',
  InvocationID: 'aaaa',
  Job: '',
  ActiveEnterTimestampMonotonic: 5_000_000,
}
const DEAD = { ActiveState: 'inactive', SubState: 'dead', MainPID: 0, ActiveEnterTimestampMonotonic: 0 }

export const runs: UnitAnswer = RUNS
export const dead: UnitAnswer = { ...RUNS, ...DEAD, InvocationID: '' }
export const failed: UnitAnswer = { ...RUNS, ...DEAD, ActiveState: 'failed', SubState: 'failed', Result: 'exit-code' }
export const masked: UnitAnswer = { ...dead, LoadState: 'masked', UnitFileState: 'masked', WantedBy: '' }
export const absent: UnitAnswer = { ...dead, LoadState: 'not-found', UnitFileState: '', WantedBy: '' }
/** Waits to be started again. */
export const restarts = {
  ...dead,
  ActiveState: 'activating',
  SubState: 'auto-restart',
  Result: 'exit-code',
  NRestarts: 9,
}

export interface Around {
  readonly system?: string
  /** Seconds that the main process of each unit has lived. */
  readonly age?: number
  /** The units there are, for the nearest name. */
  readonly names?: string
}

const UP = 900

/** The sections of the probe of units. */
export function unitSections(
  units: readonly UnitAnswer[],
  { system = 'running', age = 600, names = '' }: Around = {},
): Said[] {
  const blocks = units.map(unit =>
    Object.entries({ ...RUNS, ...unit })
      .map(([key, value]) => `${key}=${value}`)
      .join('\n'),
  )
  const pids = units.flatMap(({ MainPID = 0 }) => (MainPID > 0 ? [`${MainPID} ${(UP - age) * 100}`] : []))
  return [
    { code: system === 'running' ? 0 : 1, out: system },
    blocks.join('\n\n'),
    [`${UP}.00`, ...pids].join('\n'),
    names,
  ]
}

export const unitAnswer = (unit: UnitAnswer, around: Around = {}): CommandResult =>
  answered(unitSections([unit], around))
