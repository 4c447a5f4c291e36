import { type Command, type CommandResult, sh } from '../../core/command.ts'
import type { Answer } from '../sections.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'

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

/** The question after the system's state, for probes whose answer is final only on a system that is up. */
export const SYSTEM_STATE: Command = sh`systemctl is-system-running`

/** The word counts, not the exit code: `degraded` comes with 1. @throws UnreadableAnswer for a word systemd does not have */
export function parseSystemState(answer: Answer | undefined, result: CommandResult): SystemState {
  const state = STATES.find(known => known === answer?.text)
  if (state === undefined) throw new UnreadableAnswer('The state of the system', result)
  return state
}

/** For probes that are no less true where no systemd tells its state. */
export const systemStateIfTold = (answer: Answer | undefined): SystemState =>
  STATES.find(known => known === answer?.text) ?? 'unknown'

/** Whether nothing more comes up by itself. */
export const isUp = (state: SystemState): boolean => state === 'running' || state === 'degraded'
