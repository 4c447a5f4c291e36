import { type CommandResult, userScript } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'

export interface CommandFacts {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What the user wrote, run by the machine's shell, again at every look. */
export const command: Probe<string, CommandFacts> = {
  budget: seconds(30),
  attempt: seconds(30),
  describe: script => `the command "${script}"`,
  command: userScript,
  parse: toCommandFacts,
}

export function toCommandFacts({ exitCode, stdout, stderr }: CommandResult): CommandFacts {
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() }
}
