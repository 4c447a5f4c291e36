import type { CommandResult } from '../core/command.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows, tail } from '../core/text.ts'

/** A machine answered, but not in the form its tool promises. Asked again: while booting, tools answer nonsense for a moment. */
export class UnreadableAnswer extends EnvironmentBroken {
  override readonly retryable = true

  constructor(what: string, { exitCode, stdout, stderr }: CommandResult) {
    const said = rows({
      'Exit code': String(exitCode),
      Stdout: tail(stdout.toString(), 5),
      Stderr: tail(stderr.toString(), 5),
    })
    const [reason = ''] = stderr.toString().trim().split('\n')
    super(`${what} could not be read${reason && `: ${reason}`}\n${said}`.trimEnd())
  }
}
