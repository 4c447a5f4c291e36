/** What the API server answers to one question, and what it means when it does not. */
import { EnvironmentBroken } from '../../core/errors.ts'
import { visible } from '../../core/text/visible.ts'
import { type Answer, isMissing, lines } from '../../probe/sections.ts'

/**
 * `absent`: the server knows of no such object. `unknown`: it gave no answer that can be read, in words that complete `… could not be checked`:
 * it is starting, refuses this user, cannot be reached. Neither that something is there nor that it is not follows from that.
 */
export type ApiAnswer = { readonly body: unknown } | { readonly absent: true } | Unanswered

interface Unanswered {
  readonly unknown: string
  /** What kubectl said, as it came. */
  readonly said: string
  /** It is about the server or the way to it, and not about what was asked for. */
  readonly passing: boolean
}

/** The API gave no answer that could be read. Asked again: what starts refuses connections, answers 503, and has neither rights nor certificates yet. */
export class ClusterUnanswered extends EnvironmentBroken {
  override readonly retryable = true
}

/** @throws EnvironmentBroken when there is no kubectl: waiting cannot help */
export function readAnswer(answer: Answer, what: string): ApiAnswer {
  if (isMissing(answer)) throw new EnvironmentBroken(`${what} could not be read: there is neither kubectl nor k3s here`)
  const { code, text } = answer
  if (code !== 0) return NOT_FOUND.test(text) ? { absent: true } : unanswered(text)
  try {
    return { body: JSON.parse(text) }
  } catch {
    return { unknown: 'the API server answered with what is no JSON', said: text, passing: true }
  }
}

/** What the answer must hold for a sentence to have a meaning. @throws ClusterUnanswered with the words of the server */
export function bodyOf(answer: ApiAnswer | undefined, what: string): unknown {
  if (answer && 'body' in answer) return answer.body
  const why = answer && 'unknown' in answer ? answer.unknown : 'the API server does not know of such a thing'
  throw new ClusterUnanswered(`${what} could not be read: ${why}`)
}

/** Of an object by its name; a server that does not know the kind says `could not find the requested resource` (apimachinery, api/errors). */
const NOT_FOUND = /^Error from server \(NotFound\): [\w.-]+(?: \S+)? "[^"\n]*" not found$/

/** kubectl's words for what hinders it (kubectl, cmd/util/helpers.go), and what a person should read. */
const WORDS: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/The connection to the server (\S+) was refused/, ([, at]) => `the API server at ${at} refuses connections`],
  [/\(ServiceUnavailable\)/, () => 'the API server answers 503: it is not ready, or gives no service'],
  [/\(TooManyRequests\)/, () => 'the API server answers 429: too many requests'],
  [/\(Unauthorized\)/, () => 'the API server answers 401: it does not know this user'],
  [/\(Forbidden\): (.*)/, ([, why]) => `the API server answers 403: ${why}`],
  [/Unable to connect to the server: (.*)/, ([, why]) => `the API server cannot be reached: ${why}`],
]

/** In a line; what the server says may be any text. */
function unanswered(text: string): Unanswered {
  const line = lines(text.slice(-2000)).at(-1) ?? ''
  for (const [form, words] of WORDS) {
    const found = form.exec(line)
    if (found) return { unknown: visible(words(found)), said: text, passing: true }
  }
  const why = visible(line.replace(/^(?:error|Error from server \(\w+\)): /, ''))
  return { unknown: why || 'kubectl has failed without a word', said: text, passing: false }
}
