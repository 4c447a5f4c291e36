import { type Command, type CommandResult, sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { type Answer, answers, inSections, lines, succeeded } from './sections.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

const STATES = [
  'initializing',
  'starting',
  'running',
  'degraded',
  'maintenance',
  'stopping',
  'offline',
  'unknown',
] as const
/** What `systemctl is-system-running` says (systemctl(1)). */
export type SystemState = (typeof STATES)[number]

export interface SystemFacts {
  readonly state: SystemState
  readonly failed: readonly string[]
  /** Units in a start job, for telling what a slow boot waits for. */
  readonly starting: readonly string[]
}

/** The question after the system's state, for probes whose answer is final only on a system that is up. */
export const SYSTEM_STATE: Command = sh`systemctl is-system-running`

/** The word counts, not the exit code: `degraded` comes with 1. @throws UnreadableAnswer for a word systemd does not have */
export function parseSystemState(answer: Answer | undefined, result: CommandResult): SystemState {
  const state = STATES.find(known => known === answer?.text)
  if (state === undefined) throw new UnreadableAnswer('The state of the system', result)
  return state
}

/** Whether nothing more comes up by itself. */
export const isUp = (state: SystemState): boolean => state === 'running' || state === 'degraded'

/** The system as a whole: its state, the failed units, what is still being started. */
export const system: Probe<void, SystemFacts> = {
  budget: seconds(120),
  describe: () => 'the system',
  command: () =>
    inSections(
      SYSTEM_STATE,
      sh`systemctl list-units --failed --plain --no-legend --no-pager --full`,
      sh`systemctl list-jobs --no-legend --no-pager --full`,
    ),
  parse(result) {
    const [state, failed, jobs] = answers(result, 'The system', 3)
    return {
      state: parseSystemState(state, result),
      failed: lines(succeeded(failed, 'The list of failed units', result)).map(line => word(line, 0)),
      starting: lines(succeeded(jobs, 'The list of jobs', result))
        .filter(line => / start /.test(line))
        .map(line => word(line, 1)),
    }
  },
  evidence: () => ({
    name: 'journal of what failed',
    command: sh`for unit in $(systemctl list-units --failed --plain --no-legend --no-pager | cut -d ' ' -f 1); do
journalctl --boot --quiet --unit "$unit" --lines 4 --no-pager --output short-monotonic; done; systemctl list-jobs --no-legend --no-pager`,
  }),
}

const word = (line: string, index: number): string => line.trim().split(/\s+/)[index] ?? ''
