import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'

/** What a port answers to a connection from outside. */
export type Reach = 'open' | 'refused' | 'silent'

const SEEN: Readonly<Record<Reach, string>> = {
  open: 'open',
  refused: 'refused: nothing listens there, or the firewall rejects',
  silent: 'no answer at all: a firewall drops, or the machine is not on the network',
}

export const isReachable: Expectation<Reach> = claim({
  wanted: 'reachable from the runner',
  missed: 'was not reachable',
  holds: reach => reach === 'open',
  seen: reach => SEEN[reach],
  state: reach => reach,
})
