import { tail } from '../../core/text/text.ts'
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD } from '../../expect/not.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import { textOf } from '../../probe/files/text-in-bytes.ts'
import type { HttpFacts } from '../../probe/http/http.ts'
import { bodyHas } from '../../probe/http/http-answer.ts'
import { HTTP_STATUS, wantedNumber } from '../wanted-number.ts'
import { wantedText } from '../wanted-text.ts'

/** @throws UsageError for what is no status */
export const answers = (status: number): Expectation<HttpFacts> =>
  claim({
    wanted: String(wantedNumber(status, HTTP_STATUS)),
    missed: `did not answer ${status}`,
    unknown: notAsked,
    holds: facts => 'status' in facts && facts.status === status,
    seen: seenStatus,
  })

/** Holds where nothing answers at all. What is there and keeps its answer, behind a wrong certificate or in silence, could have this one. */
export const doesNotAnswer = (status: number): Expectation<HttpFacts> =>
  claim({
    wanted: `not ${wantedNumber(status, HTTP_STATUS)}`,
    missed: `still answered ${status}`,
    hold: HOLD,
    unknown: notAnswered,
    holds: facts => !('status' in facts) || facts.status !== status,
    seen: seenStatus,
  })

/** A page with this text, and not an error page that happens to hold it. */
export function answersWith(text: string): Expectation<HttpFacts> {
  wantedText(text)
  return claim({
    wanted: `"${text}"`,
    missed: `did not answer with "${text}"`,
    unknown: facts => notAsked(facts) ?? (isError(facts) ? undefined : unread(facts, text)),
    holds: facts => 'status' in facts && !isError(facts) && known(bodyHas(facts, text)) === true,
    ...shown,
  })
}

/** Of an answer, an error page too: what gives none says nothing of its text. */
export function doesNotAnswerWith(text: string): Expectation<HttpFacts> {
  wantedText(text)
  return claim({
    wanted: `not "${text}"`,
    missed: `still answered with "${text}"`,
    hold: HOLD,
    unknown: facts => notAnswered(facts) ?? unread(facts, text),
    between: facts => ('status' in facts ? undefined : 'gave no answer'),
    holds: facts => 'status' in facts && known(bodyHas(facts, text)) === false,
    ...shown,
  })
}

const isError = (facts: HttpFacts): boolean => 'status' in facts && facts.status >= 400

const notAsked = (facts: HttpFacts): string | undefined =>
  'error' in facts && facts.is === 'unknown' ? facts.error : undefined

const notAnswered = (facts: HttpFacts): string | undefined =>
  'error' in facts && facts.is !== 'no answer' ? facts.error : undefined

const unread = (facts: HttpFacts, text: string): string | undefined =>
  'status' in facts ? whyUnknown(bodyHas(facts, text)) : undefined

function seenStatus(facts: HttpFacts): string {
  if ('error' in facts) return facts.error
  const to = facts.headers.get('location')
  return to ? `${facts.status}, to ${to}` : String(facts.status)
}

const shown = {
  seen: (facts: HttpFacts): string =>
    'error' in facts ? facts.error : `${seenStatus(facts)}\n${tail(textOf(facts.body), 10)}`.trimEnd(),
  state: (facts: HttpFacts): string => ('error' in facts ? facts.error : String(facts.status)),
}
