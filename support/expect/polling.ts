import { CommandCutOff, NixcumberError } from '../core/errors.ts'
import type { Clock } from '../core/time/clock.ts'
import { type Duration, milliseconds } from '../core/time/duration.ts'
import { type Bounds, bounded } from './bounded.ts'
import type { Expectation, Judgement, Observation } from './expectation.ts'
import { History } from './history.ts'

export interface Sample<Facts> {
  readonly facts: Facts
  readonly judgement: Judgement
  /** When the look began, and when its answer was there, from the start of the wait. */
  readonly at: Duration
  readonly until: Duration
}

/** The polling of one wait: looks, counts, remembers what changed. Knows no deadline. */
export class Polling<Facts> {
  readonly observation: Observation<Facts>
  readonly expectation: Expectation<Facts>
  readonly bounds: Bounds
  readonly history = new History()
  looks = 0
  /** Looks cut off after their bound. */
  cutOff = 0
  /** Looks that failed for another passing fault of the transport. */
  dropped = 0
  lastSample: Sample<Facts> | undefined
  /** The newest sample from which it could be told. */
  lastKnown: Sample<Facts> | undefined
  lastFault: NixcumberError | undefined
  /** Why the newest look told nothing; undefined when it did. */
  unknown: string | undefined
  /** How long the newest look with an answer took. */
  lookTime: Duration = milliseconds(0)
  readonly #clock: Clock
  readonly #start: number

  constructor(
    observation: Observation<Facts>,
    expectation: Expectation<Facts>,
    terms: Bounds & { readonly clock: Clock },
  ) {
    this.observation = observation
    this.expectation = expectation
    this.bounds = terms
    this.#clock = terms.clock
    this.#start = terms.clock.now()
  }

  get elapsed(): Duration {
    return milliseconds(this.#clock.now() - this.#start)
  }

  /**
   * One look; undefined when a passing fault hindered it, or it cannot be told from what was seen. Any other error is thrown at once.
   * @param left cuts the look off earlier than its own bound
   */
  async sample(left?: Duration): Promise<Sample<Facts> | undefined> {
    this.looks++
    const at = this.elapsed
    try {
      return this.#see(await bounded(this.observation, this.bounds, left), at)
    } catch (error) {
      this.#recordFault(error)
      return undefined
    }
  }

  #see(facts: Facts, at: Duration): Sample<Facts> | undefined {
    const judgement = this.expectation.judge(facts)
    this.history.add(judgement.state ?? judgement.seen, at)
    this.lastSample = { facts, judgement, at, until: this.elapsed }
    this.lookTime = milliseconds(this.elapsed.ms - at.ms)
    this.unknown = judgement.verdict === 'unknown' ? judgement.why : undefined
    if (judgement.verdict === 'unknown') return undefined
    this.lastKnown = this.lastSample
    return this.lastSample
  }

  #recordFault(error: unknown): void {
    if (!(error instanceof NixcumberError && error.retryable)) throw error
    this.lastFault = error
    this.unknown = error.message
    if (error instanceof CommandCutOff) this.cutOff++
    else this.dropped++
  }
}
