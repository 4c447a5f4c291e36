import { visible } from '../../../core/text/visible.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { PeerPort } from '../../../probe/network/peer-port.ts'

/** What came of a connection to each address of the API. */
export type ApiReach = readonly { readonly at: string; readonly came: PeerPort }[]

/** One of its servers is enough: that is what several are for. */
export const apiIsReachable = (from: string): Expectation<ApiReach> =>
  claim({
    wanted: `reachable from ${from}`,
    missed: `was not reachable from ${from}`,
    unknown: tried => (tried.some(({ came }) => came === 'open') ? undefined : whyUnknown(tried)),
    holds: tried => tried.some(({ came }) => came === 'open'),
    seen: tried =>
      tried.map(({ at, came }) => `${visible(at)} ${typeof came === 'object' ? came.unknown : WORDS[came]}`).join('\n'),
    state: tried => (tried.some(({ came }) => came === 'open') ? 'reachable' : 'not reachable'),
  })

const WORDS = {
  open: 'open',
  refused: 'refused: nothing listens there, or a firewall rejects',
  silent: 'no answer: a firewall drops, or the packets do not get there',
  unreachable: 'no answer even to ARP: as if the machine were not there',
  'no way': 'no way leads there: no route, or one that forbids it',
  unnamed: 'no address',
} as const

function whyUnknown(tried: ApiReach): string | undefined {
  const [first] = tried.flatMap(({ came }) => (typeof came === 'object' ? [came.unknown] : []))
  return first
}
