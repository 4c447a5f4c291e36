import type { Command, CommandResult } from '../core/command.ts'
import type { Duration } from '../core/time/duration.ts'

/**
 * One noun one can ask a machine about. One command gives one consistent snapshot of typed facts;
 * `command` and `parse` are pure. Knows nothing of machines or of who asks.
 *
 * A fact is known or unknown: a tool that is missing or failed, an answer that was cut off or that may not be read, says neither that a
 * thing is there nor that it is not. When all of it is unknown, `parse` throws; when a part of it is, the facts hold a `Fact` for that
 * part, and the claims that need it answer `unknown`. Either way the sentence, negated or not, could not be checked.
 */
export interface Probe<Query, Facts> {
  /** How long such a fact may take to come true on fast hardware when the sentence does not say. */
  readonly budget: Duration
  /** The bound of one look where the usual few seconds are too short. */
  readonly attempt?: Duration
  /** How the subject is named to the user: `nginx.service`, `user simon`. */
  describe(query: Query): string
  /** @param look the time of the look, for what waits on purpose: see `patience` */
  command(query: Query, look?: Duration): Command
  /** @throws UnreadableAnswer when the output has not the form the tool's manual gives; EnvironmentBroken when waiting cannot help */
  parse(result: CommandResult, query: Query): Facts
  /** What to show below a failure: the unit's journal. @returns `attempt` where it takes longer than a command or two */
  evidence?(query: Query): EvidenceOf
}

export interface EvidenceOf {
  readonly name: string
  readonly command: Command
  readonly attempt?: Duration
}
