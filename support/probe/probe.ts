import type { Command, CommandResult } from '../core/command.ts'

/**
 * One noun one can ask a machine about. One command gives one consistent snapshot of typed facts;
 * `command` and `parse` are pure. Knows nothing of machines or of who asks.
 */
export interface Probe<Query, Facts> {
  /** How the subject is named to the user: `nginx.service`, `user simon`. */
  describe(query: Query): string
  command(query: Query): Command
  /** @throws UnreadableAnswer when the output has not the form the tool's manual gives */
  parse(result: CommandResult, query: Query): Facts
}
