import type { Command, CommandResult } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import { type Duration, scale, seconds } from '../../core/time/duration.ts'
import type { Machine } from '../../machine/machine.ts'
import type { NixWorld } from '../world.ts'

const COMMAND_TIMEOUT = seconds(60)

export interface Act {
  /** Completes "… of t14 could not be …": `The clock of t14 was not set`. */
  readonly failed: string
  readonly attempt?: Duration
  /** Exit codes that the caller speaks of itself. */
  readonly answers?: readonly number[]
}

/** Does something to a machine once. @throws EnvironmentBroken when it cannot be done: then nothing was checked */
export async function runChecked(
  world: NixWorld,
  machine: Machine,
  command: Command,
  how: Act,
): Promise<CommandResult> {
  const { failed, attempt = COMMAND_TIMEOUT, answers = [] } = how
  const shell = await world.shell(machine)
  const result = await shell.run(command, { attempt: scale(attempt, machine.slowness) })
  if (result.exitCode === 0 || answers.includes(result.exitCode)) return result
  const said = tail(result.stderr.toString().trim() || result.stdout.toString().trim(), 5)
  throw new EnvironmentBroken(`${failed}\n${rows({ Said: said, 'Exit code': String(result.exitCode) })}`.trimEnd())
}
