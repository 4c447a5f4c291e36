import { createContext, Script } from 'node:vm'
import { EnvironmentBroken } from '../errors.ts'
import { type Duration, formatDuration, seconds } from '../time/duration.ts'

const BOUND = seconds(1)
const LOOK = new Script('lines.filter(line => pattern.test(line))')

/** A pattern that takes more and more time over a longer line, as `(a+)+$` does over `aaaa…!`: whether it matches is not known. */
export class PatternTooSlow extends EnvironmentBroken {
  constructor({ source }: RegExp, bound: Duration) {
    super(
      `the pattern ${source} was not done with these lines in ${formatDuration(bound)}: write it without a repetition in a repetition`,
    )
  }
}

/**
 * The lines that a pattern of the user's matches, over text that a machine has chosen.
 * @throws PatternTooSlow
 */
export function matchingLines(pattern: RegExp, lines: readonly string[], bound: Duration = BOUND): readonly string[] {
  try {
    return [...(LOOK.runInContext(createContext({ pattern, lines }), { timeout: bound.ms }) as string[])]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new PatternTooSlow(pattern, bound)
    throw error
  }
}
