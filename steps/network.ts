/** Several machines on one private network: who is on it, what its links are like, and who reaches whom. */
import type { DataTable } from '@cucumber/cucumber'
import type { Between } from '../support/claim/network/peer.ts'
import {
  doesNotReach,
  portAnswers,
  portDoesNotAnswer,
  reaches,
  takesAtLeast,
  takesAtMost,
} from '../support/claim/network/peer.ts'
import { NotSupported } from '../support/core/errors.ts'
import type { Duration } from '../support/core/time/duration.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import { type PeerFacts, peer } from '../support/probe/network/peer.ts'
import { type PeerPort, peerPort } from '../support/probe/network/peer-port.ts'
import type { PortQuery } from '../support/probe/network/port.ts'
import { changes } from '../support/world/effect.ts'
import { joinNetwork } from '../support/world/network/join-network.ts'
import { changeLink, cutOff, readLoss, seeBetween } from '../support/world/network/links.ts'
import { readMembers } from '../support/world/words/members.ts'
import { Given, Then, When } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'
import type { NixWorld } from '../support/world/world.ts'

Given(
  'machines {string} are on a network',
  changes(async function (this: NixWorld, names: string) {
    await joinNetwork(
      this,
      names.split(',').map(name => ({ machine: name.trim() })),
    )
  }),
)

Given(
  'these machines are on a network:',
  changes(async function (this: NixWorld, table: DataTable) {
    await joinNetwork(this, readMembers(table.raw()))
  }),
)

When(
  'the link between {string} and {string} goes down',
  changes(async function (this: NixWorld, one: string, other: string) {
    await changeLink(this, one, other, { down: true })
  }),
)

When(
  'the link between {string} and {string} comes up',
  changes(async function (this: NixWorld, one: string, other: string) {
    await changeLink(this, one, other, { down: false })
  }),
)

When(
  'the link between {string} and {string} has a latency of {duration}',
  changes(async function (this: NixWorld, one: string, other: string, latency: Duration) {
    await changeLink(this, one, other, { latencyMs: latency.ms })
  }),
)

When(
  'the link between {string} and {string} loses {float} % of its packets',
  changes(async function (this: NixWorld, one: string, other: string, percent: number) {
    await changeLink(this, one, other, { loss: readLoss(percent) })
  }),
)

When(
  'machine {string} is cut off',
  changes(async function (this: NixWorld, name: string) {
    await cutOff(this, name, true)
  }),
)

When(
  'machine {string} is connected again',
  changes(async function (this: NixWorld, name: string) {
    await cutOff(this, name, false)
  }),
)

Then('{string} reaches {string}{tail}', async function (from: string, to: string, tail: StepSuffix) {
  await ping(this, { from, to }, reaches, tail)
})

Then('{string} does not reach {string}{tail}', async function (from: string, to: string, tail: StepSuffix) {
  await ping(this, { from, to }, doesNotReach, tail)
})

Then(
  'the round trip from {string} to {string} takes at least {duration}{tail}',
  async function (from: string, to: string, least: Duration, tail: StepSuffix) {
    await measure(this, { from, to }, takesAtLeast(least), tail)
  },
)

Then(
  'the round trip from {string} to {string} takes at most {duration}{tail}',
  async function (from: string, to: string, most: Duration, tail: StepSuffix) {
    await measure(this, { from, to }, takesAtMost(most), tail)
  },
)

Then(
  '{port} of {string} is reachable from {string}{tail}',
  async function (query: PortQuery, to: string, from: string, tail: StepSuffix) {
    await knock(this, { from, to, ...query }, portAnswers, tail)
  },
)

Then(
  '{port} of {string} is not reachable from {string}{tail}',
  async function (query: PortQuery, to: string, from: string, tail: StepSuffix) {
    await knock(this, { from, to, ...query }, portDoesNotAnswer, tail)
  },
)

interface Pair {
  readonly from: string
  readonly to: string
}

function ping(world: NixWorld, pair: Pair, wanted: Expectation<Between<PeerFacts>>, tail: StepSuffix): Promise<void> {
  const subject = `the way from ${pair.from} to ${pair.to}`
  return seeBetween(world, peer, { ...pair, subject, query: { peer: pair.to, pings: 1 } }, wanted, tail)
}

/** The middle one of three, so that neither the first, which asks for the address, nor a hiccup decides. */
function measure(
  world: NixWorld,
  pair: Pair,
  wanted: Expectation<Between<PeerFacts>>,
  tail: StepSuffix,
): Promise<void> {
  const subject = `the round trip from ${pair.from} to ${pair.to}`
  return seeBetween(world, peer, { ...pair, subject, query: { peer: pair.to, pings: 3 } }, wanted, tail)
}

function knock(
  world: NixWorld,
  { from, to, protocol, port }: Pair & PortQuery,
  wanted: Expectation<Between<PeerPort>>,
  tail: StepSuffix,
): Promise<void> {
  if (protocol === 'udp') throw new NotSupported('A udp port gives no sign of being reached: say that it is listening')
  const subject = `tcp port ${port} of ${to} from ${from}`
  return seeBetween(world, peerPort, { from, to, subject, query: { peer: to, port } }, wanted, tail)
}
