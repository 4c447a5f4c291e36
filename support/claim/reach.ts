import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'

export interface Reach {
  readonly reached: boolean
  /** In words: `connect ECONNREFUSED`, `connected`. */
  readonly how: string
}

export const isReachable: Expectation<Reach> = claim({
  wanted: 'reachable from the runner',
  missed: 'was not reachable',
  holds: ({ reached }) => reached,
  seen: ({ how }) => how,
})
