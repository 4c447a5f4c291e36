import { type Command, type CommandResult, type Restraint, unconfined, userScript } from '../core/command.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'
import { seconds } from '../core/time/duration.ts'
import { isLookOfBashOnly } from '../effect/command-effect.ts'
import { hiddenErrors } from '../effect/hidden-errors.ts'
import { needsMoreThanLooks } from '../effect/unconfined.ts'
import { textOf } from './files/text-in-bytes.ts'
import type { Probe } from './probe.ts'

export interface CommandFacts {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** As they came. */
  readonly bytes?: { readonly stdout: Buffer; readonly stderr: Buffer }
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
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr), bytes: { stdout, stderr } }
}

/** What is known to only look runs beside the kernel's net where it asks for what that keeps back. */
function asCommand(script: string): Command {
  const hides = hiddenErrors(script)
  const needs = isLookOfBashOnly(script) ? { needsBash: true as const } : {}
  const command = { ...userScript(script), ...needs, ...(hides && { hides }) }
  return needsMoreThanLooks(script) ? unconfined(command) : command
}

const WHY: Readonly<Record<Restraint, { readonly what: string; readonly next: string }>> = {
  net: {
    what: 'The kernel kept the command from what it wanted to do: the host is only looked at',
    next: 'if it changes something: --allow NAME=changes; if it only looks, it needs root, or more than a look is given (docs/live-hosts.md)',
  },
  user: {
    what: 'The command was refused something for want of rights: its user is not root, and what it says proves nothing',
    next: 'enter as root, or let the user become root by sudo (docs/live-hosts.md); whether this user may read a file asks: test -r FILE',
  },
}

/** @throws EnvironmentBroken when it was refused something, maybe by the kernel's net alone, or to this user alone */
function unhindered(result: CommandResult): CommandFacts {
  if (result.hindered === undefined) return toCommandFacts(result)
  const { by, line } = result.hindered
  const { what, next } = WHY[by]
  throw new EnvironmentBroken(`${what}\n${rows({ Observed: line, Next: next })}`.trimEnd())
}
