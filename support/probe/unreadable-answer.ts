import type { CommandResult } from '../core/command.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows, tail } from '../core/text/text.ts'

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

/** A tool that is not there says nothing about what it should have looked at, and does not come by waiting. */
export function toolMissing(what: string, { stderr }: CommandResult): EnvironmentBroken {
  const said = stderr.toString().trim().split('\n')
  const reason = said.find(line => /not found|No such file|Permission denied/.test(line)) ?? said[0]
  return new EnvironmentBroken(
    `${what} could not be read: the tool for it cannot be run here${reason && `: ${reason}`}`,
  )
}
