import { type Command, type CommandResult, unconfined, userScript } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text.ts'
import { needsMoreThanLooks } from '../effect/unconfined.ts'
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
  command: asCommand,
  parse: unhindered,
}

export function toCommandFacts({ exitCode, stdout, stderr }: CommandResult): CommandFacts {
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() }
}

/** What is known to only look runs beside the kernel's net where it asks for what that keeps back. */
function asCommand(script: string): Command {
  const command = userScript(script)
  return needsMoreThanLooks(script) ? unconfined(command) : command
}

/** @throws EnvironmentBroken when it was refused something, maybe by the kernel's net alone, or to this user alone */
function unhindered(result: CommandResult): CommandFacts {
  if (result.hindered === undefined) return toCommandFacts(result)
  throw new EnvironmentBroken(
    `The kernel kept the command from what it wanted to do: the host is only looked at\n${rows({
      Observed: result.hindered,
      Next: 'if it changes something: --allow NAME=changes; if it only looks, it needs root, or more than a look is given (docs/live-hosts.md)',
    })}`.trimEnd(),
  )
}
