import type { Duration } from '../core/duration.ts'
import type { Expectation, Judgement } from './expectation.ts'

/** A claim in parts, so that those who write claims write no judgement. */
export interface Claim<Facts> {
  readonly wanted: string
  readonly missed: string
  /** Only negations: how long it must be true. */
  readonly hold?: Duration
  holds(facts: Facts): boolean
  /** What was seen instead, or as well. */
  seen(facts: Facts): string
  /** The same in a word. */
  state?(facts: Facts): string
  /** Why waiting cannot help, when it cannot. */
  hopeless?(facts: Facts): string | undefined
}

export function claim<Facts>({ wanted, missed, hold, holds, seen, state, hopeless }: Claim<Facts>): Expectation<Facts> {
  return {
    wanted,
    missed,
    ...(hold && { hold }),
    judge(facts): Judgement {
      const said = { seen: seen(facts), ...(state && { state: state(facts) }) }
      if (holds(facts)) return { verdict: 'met', ...said }
      const why = hopeless?.(facts)
      return why === undefined ? { verdict: 'not-yet', ...said } : { verdict: 'never', ...said, why }
    },
  }
}
