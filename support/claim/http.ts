import { tail } from '../core/text.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import type { HttpFacts } from '../probe/http.ts'

export const answers = (status: number): Expectation<HttpFacts> =>
  claim({
    wanted: String(status),
    missed: `did not answer ${status}`,
    holds: facts => 'status' in facts && facts.status === status,
    seen: facts => ('status' in facts ? location(facts) : facts.error),
  })

/** A page with this text, and not an error page that happens to hold it. */
export const answersWith = (text: string): Expectation<HttpFacts> =>
  claim({
    wanted: `"${text}"`,
    missed: `did not answer with "${text}"`,
    holds: facts => 'status' in facts && facts.status < 400 && facts.body.includes(text),
    seen: facts => ('status' in facts ? `${location(facts)}\n${tail(facts.body, 10)}`.trimEnd() : facts.error),
    state: facts => ('status' in facts ? String(facts.status) : facts.error),
  })

function location({ status, headers }: Extract<HttpFacts, { status: number }>): string {
  const to = headers.get('location')
  return to ? `${status}, to ${to}` : String(status)
}
