import type { Clock } from '../core/time/clock.ts'
import type { Bounds } from './bounded.ts'

/** The terms on which one looks, the same for a whole scenario. */
export interface PollOptions extends Bounds {
  readonly clock: Clock
  /** Where the sentence stands: `features/service.feature:14`. */
  readonly from?: string | undefined
}
