/** What is wrong with a feature before it runs. All of it is told at once. */
import { UsageError } from '../core/errors.ts'
import { indent } from '../core/text/text.ts'

export interface Problem {
  /** `features/web.feature:12`. */
  readonly place: string
  /** What stands there. */
  readonly sentence: string
  /** In the shape of a refusal: what, expected, got, nearest. */
  readonly message: string
}

const MAX_SHOWN = 50

/** @throws UsageError that names each once, whatever number of rows and machines it is run for */
export function refuseProblems(found: readonly Problem[]): void {
  const problems = [...new Map(found.map(each => [JSON.stringify(each), each])).values()]
  if (problems.length === 0) return
  const shown = problems.slice(0, MAX_SHOWN).map(describe).join('\n\n')
  const more = problems.length > MAX_SHOWN ? `\n\n  and ${problems.length - MAX_SHOWN} more` : ''
  const subject = problems.length === 1 ? '1 thing in the features is' : `${problems.length} things in the features are`
  throw new UsageError(`${subject} refused: nothing was started\n\n${shown}${more}`)
}

const describe = ({ place, sentence, message }: Problem): string =>
  `  ${place}  ${sentence}\n${indent(message.trim(), 4)}`
