/** A claim about facts. `wanted` and each `seen` are shown to the user in the words of the field. */
export interface Expectation<Facts> {
  readonly wanted: string
  judge(facts: Facts): Judgement
}

export type Judgement =
  | { readonly verdict: 'met'; readonly seen: string }
  | { readonly verdict: 'not-yet'; readonly seen: string }
  /** Waiting longer cannot help: a unit failed for good, no such user on a system that is up. */
  | { readonly verdict: 'never'; readonly seen: string; readonly why: string }

/** One look: facts, and when they were taken. Throws NixcumberError; a `retryable` one is looked over again. */
export interface Observation<Facts> {
  readonly subject: string
  look(signal: AbortSignal): Promise<Facts>
}
