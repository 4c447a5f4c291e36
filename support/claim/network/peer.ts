import { type Duration, formatDuration, milliseconds } from '../../core/time/duration.ts'
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD } from '../../expect/not.ts'
import type { PeerFacts } from '../../probe/network/peer.ts'
import type { PeerPort } from '../../probe/network/peer-port.ts'

/** What was seen of another machine, and what we have done to the link between the two. */
export interface Between<Facts> {
  readonly facts: Facts
  /** `the link is down`; nothing when the link is as it should be. */
  readonly condition?: string
}

const UNNAMED = 'leads to a name that is not known there'

/** What all sentences about pings have in common. */
const pinging = {
  unknown: ({ facts }: Between<PeerFacts>) => facts.unknown,
  between: ({ facts }: Between<PeerFacts>) => (facts.address === undefined ? UNNAMED : undefined),
  seen: (between: Between<PeerFacts>) => also(pinged(between.facts), between),
  state: ({ facts }: Between<PeerFacts>) => (facts.roundTripsMs.length > 0 ? 'open' : 'closed'),
}

const TRIED = {
  open: 'open',
  refused: 'refused: nothing listens there, or the firewall rejects',
  silent: 'no answer: a firewall drops, or the packets do not get there',
  unreachable: 'no answer even to ARP: as if the machine were not there',
  'no way': 'no way leads there: no route, or one that forbids it',
  unnamed: 'the name is not known there',
} as const

/** What all sentences about ports have in common. */
const trying = {
  unknown: ({ facts }: Between<PeerPort>) => (typeof facts === 'object' ? facts.unknown : undefined),
  between: ({ facts }: Between<PeerPort>) => (facts === 'unnamed' ? UNNAMED : undefined),
  seen: (between: Between<PeerPort>) =>
    also(typeof between.facts === 'object' ? between.facts.unknown : TRIED[between.facts], between),
  state: ({ facts }: Between<PeerPort>) => (typeof facts === 'object' ? 'unknown' : facts),
}

export const reaches: Expectation<Between<PeerFacts>> = claim({
  wanted: 'open',
  missed: 'was closed',
  ...pinging,
  holds: ({ facts }) => facts.roundTripsMs.length > 0,
})

/** A name that leads nowhere is no sign of a closed way: then no machine was asked. */
export const doesNotReach: Expectation<Between<PeerFacts>> = claim({
  wanted: 'closed',
  missed: 'was not closed',
  hold: HOLD,
  ...pinging,
  holds: ({ facts }) => facts.roundTripsMs.length === 0,
})

function pinged({ address, roundTripsMs, neighbour }: PeerFacts): string {
  if (address === undefined) return 'the name is not known there'
  const [first] = roundTripsMs
  if (first !== undefined) return `a ping to ${address} was answered after ${time(first)}`
  return `no answer to a ping to ${address}${neighbour ? ` (ARP: ${neighbour})` : ''}`
}

export const takesAtLeast = (least: Duration): Expectation<Between<PeerFacts>> =>
  roundTrip(`at least ${formatDuration(least)}`, it => it >= least.ms)
export const takesAtMost = (most: Duration): Expectation<Between<PeerFacts>> =>
  roundTrip(`at most ${formatDuration(most)}`, it => it <= most.ms)

const roundTrip = (wanted: string, holds: (ms: number) => boolean): Expectation<Between<PeerFacts>> =>
  claim({
    wanted,
    missed: `did not take ${wanted}`,
    ...pinging,
    holds: ({ facts }) => holds(median(facts.roundTripsMs)),
    seen: between =>
      between.facts.roundTripsMs.length > 0
        ? also(time(median(between.facts.roundTripsMs)), between)
        : pinging.seen(between),
  })

export const portAnswers: Expectation<Between<PeerPort>> = claim({
  wanted: 'reachable',
  missed: 'was not reachable',
  ...trying,
  holds: ({ facts }) => facts === 'open',
})

export const portDoesNotAnswer: Expectation<Between<PeerPort>> = claim({
  wanted: 'not reachable',
  missed: 'was still reachable',
  hold: HOLD,
  ...trying,
  holds: ({ facts }) => facts !== 'open',
})

const also = (seen: string, { condition }: Between<unknown>): string => (condition ? `${seen}; ${condition}` : seen)

/** NaN without any, which holds nowhere. */
const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN

const time = (ms: number): string => (ms < 10 ? `${ms.toFixed(1)} ms` : formatDuration(milliseconds(ms)))
