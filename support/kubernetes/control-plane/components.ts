/** What the API server says of its parts (`/livez?verbose`, `/readyz?verbose`: kubernetes.io/docs/reference/using-api/health-checks). */
import type { Fact } from '../../probe/fact.ts'
import type { ApiAnswer } from '../access/api-answer.ts'

export interface Component {
  /** `etcd`, `poststarthook/rbac/bootstrap-roles` … */
  readonly name: string
  readonly ok: boolean
}

/** A line for each: `[+]ping ok`, `[-]etcd failed: reason withheld`. */
const LINE = /^\[([+-])\](\S+) (?:ok|excluded|failed)/

/** Of more parts than fit into the answer. */
const UNNAMED: Component = { name: 'a part that is not named', ok: false }

/**
 * The API server answers in plain text. Where a part is not well it answers 500 with the same text, of which client-go keeps 2048 bytes, in
 * quotes: the part may not be among them.
 */
export function componentsIn(answer: ApiAnswer | undefined, path: string): Fact<readonly Component[]> {
  if (answer === undefined || !('unknown' in answer)) return { unknown: `the API server does not know of ${path}` }
  const text = unquoted(answer.said)
  const found = text.split('\n').flatMap(readLine)
  if (found.length === 0) return { unknown: answer.unknown }
  if (/ check passed\n*$/.test(text) || found.some(({ ok }) => !ok)) return { is: found }
  return text === answer.said ? { unknown: answer.unknown } : { is: [...found, UNNAMED] }
}

const readLine = (line: string): Component[] => {
  const [, sign, name = ''] = LINE.exec(line) ?? []
  return sign === undefined ? [] : [{ name, ok: sign === '+' }]
}

/** Go's `%q`. */
function unquoted(said: string): string {
  const [, quoted] =
    /^Error from server \(InternalError\): an error on the server \((".*")\) has prevented/.exec(said) ?? []
  if (quoted === undefined) return said
  try {
    return String(JSON.parse(quoted))
  } catch {
    return said
  }
}
