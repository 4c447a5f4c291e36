/** What was refused to a command by something else than the machine: by the kernel's net, or because it was not root's. Nothing is known by it then. */
import type { Command, CommandResult, Restraint } from '../core/command.ts'
import { Deadline } from '../core/time/deadline.ts'
import type { Shell } from './shell.ts'

/** Of EROFS, EPERM and EACCES in strerror(3)'s words; the agent sees to it that they are English (agent.sh). */
const REFUSED = /Read-only file system|Operation not permitted|Permission denied/i
const LINE = 300

/** Marks what says so on standard error. The exit code cannot tell: it is the last program's of a pipe. */
export function withHindrance(result: CommandResult, by: Restraint | undefined): CommandResult {
  const line = by && refusal(result.stderr)
  return by === undefined || line === undefined ? result : { ...result, hindered: { by, line } }
}

function refusal(stderr: Buffer): string | undefined {
  const text = stderr.toString()
  const at = REFUSED.exec(text)?.index
  if (at === undefined) return undefined
  const from = text.lastIndexOf('\n', at) + 1
  return text.slice(Math.max(from, at - LINE), at + LINE).split('\n', 1)[0]
}

/** Words for what was not heard. */
const UNHEARD =
  'what it says on standard error is thrown away inside of it: whether it was refused something cannot be told'

/**
 * The same shell, which marks what is refused unheard, too: a look that hides its standard error is run once more with nothing hidden.
 * @param restraint of the command that has just been run
 */
export const hearingRefusals = (shell: Shell, restraint: (command: Command) => Restraint | undefined): Shell => ({
  transport: shell.transport,
  async run(command, limits) {
    const deadline = Deadline.after(limits.attempt)
    const result = await shell.run(command, limits)
    const by = command.hides && restraint(command)
    if (!by || result.hindered) return result
    if (command.hides?.shown === undefined) return { ...result, hindered: { by, line: UNHEARD } }
    const { hindered } = await shell.run({ script: command.hides.shown }, { ...limits, attempt: deadline.remaining })
    return hindered === undefined ? result : { ...result, hindered }
  },
  [Symbol.asyncDispose]: () => shell[Symbol.asyncDispose](),
})
