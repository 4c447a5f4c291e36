import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'

/** What a port answers from outside (nmap's words); unknown when it was not asked. */
export type Reach = 'open' | 'closed' | 'filtered' | { readonly unknown: string }

const SEEN = {
  open: 'open',
  closed: 'closed: nothing listens there, or the firewall rejects',
  filtered: 'filtered, no answer at all: a firewall drops, or the machine is not on the network',
} as const

export const isReachable: Expectation<Reach> = claim({
  wanted: 'reachable from the runner',
  missed: 'was not reachable',
  unknown: whyUnknown,
  holds: reach => reach === 'open',
  seen: reach => (typeof reach === 'object' ? reach.unknown : SEEN[reach]),
  state: reach => (typeof reach === 'object' ? 'unknown' : reach),
})

function whyUnknown(reach: Reach): string | undefined {
  return typeof reach === 'object' ? reach.unknown : undefined
}
