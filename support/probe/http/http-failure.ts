/** What came instead of an HTTP answer, and the bounds of a question. */
import { seconds } from '../../core/time/duration.ts'

export interface HttpFailure {
  /** In the words of the tool that asked. */
  readonly error: string
  /**
   * `no answer`: it is known that none came, as nothing listens there. `unanswered`: something is there, and what it would answer is not
   * known: its certificate is refused, or it is silent. `unknown`: it was not even asked, as the name leads nowhere.
   */
  readonly is: 'no answer' | 'unanswered' | 'unknown'
}

/** At most this much of an answer is read. */
export const HTTP_LIMIT = 1_048_576
export const HTTP_ANSWER = seconds(5)

/** How a tool ended that got no answer. */
export interface Failed {
  readonly code: number
  readonly stderr: string
  /** Something came back, and was no HTTP. */
  readonly anything: boolean
}
