import type { Duration } from '../core/time/duration.ts'
import { PatternTooSlow } from '../core/values/pattern.ts'
import type { Expectation, Judgement } from './expectation.ts'

/** A claim in parts, so that those who write claims write no judgement. */
export interface Claim<Facts> {
  readonly wanted: string
  readonly missed: string
  /** Only negations: how long it must be true. */
  readonly hold?: Duration
  /**
   * Why it cannot be told from these facts, when it cannot. Asked first: neither the claim nor its negation is judged then, and at the
   * end of the wait it could not be checked.
   */
  unknown?(facts: Facts): string | undefined
  /** That there is nothing of which this could be so or not so; claims about existence leave it out. Neither the claim nor its negation holds. */
  absent?(facts: Facts): boolean
  /** What is neither so nor surely not so, in words that complete the first line: `kept restarting`. */
  between?(facts: Facts): string | undefined
  holds(facts: Facts): boolean
  /** After how long it is looked at again before it counts, when it holds. */
  settles?(facts: Facts): Duration | undefined
  /** What was seen instead, or as well. */
  seen(facts: Facts): string
  /** The same in a word. */
  state?(facts: Facts): string
  /** Why waiting cannot help, when it cannot. */
  hopeless?(facts: Facts): string | undefined
}

/** The predicate of the first line for what is not there, in place of a predicate that would say something false of it. */
const ABSENT = 'was not there'

export function claim<Facts>(parts: Claim<Facts>): Expectation<Facts> {
  const { wanted, missed, hold } = parts
  return { wanted, missed, ...(hold && { hold }), judge: facts => judge(parts, facts) }
}

function judge<Facts>(parts: Claim<Facts>, facts: Facts): Judgement {
  const said = { seen: parts.seen(facts), ...(parts.state && { state: parts.state(facts) }) }
  try {
    return judged(parts, facts, said)
  } catch (error) {
    if (error instanceof PatternTooSlow) return { verdict: 'unknown', ...said, why: error.message }
    throw error
  }
}

function judged<Facts>(parts: Claim<Facts>, facts: Facts, said: { seen: string; state?: string }): Judgement {
  const cause = parts.unknown?.(facts)
  if (cause !== undefined) return { verdict: 'unknown', ...said, why: cause }
  const neither = parts.absent?.(facts) ? ABSENT : parts.between?.(facts)
  if (neither === undefined && parts.holds(facts)) {
    const settles = parts.settles?.(facts)
    return { verdict: 'met', ...said, ...(settles && { settles }) }
  }
  const missed = { ...said, ...(neither !== undefined && { neither }) }
  const why = parts.hopeless?.(facts)
  return why === undefined ? { verdict: 'not-yet', ...missed } : { verdict: 'never', ...missed, why }
}
