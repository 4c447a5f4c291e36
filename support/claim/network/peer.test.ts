import assert from 'node:assert/strict'
import test from 'node:test'
import { milliseconds } from '../../core/time/duration.ts'
import type { PeerFacts } from '../../probe/network/peer.ts'
import type { PeerPort } from '../../probe/network/peer-port.ts'
import { doesNotReach, portAnswers, portDoesNotAnswer, reaches, takesAtLeast, takesAtMost } from './peer.ts'

const pinged = (facts: Partial<PeerFacts>, condition?: string) => ({
  facts: { address: '10.0.0.2', roundTripsMs: [], ...facts },
  ...(condition && { condition }),
})

test('the way to a machine is seen by its pings, and by what was done to the link', () => {
  const seen = (...args: Parameters<typeof pinged>) =>
    [reaches, doesNotReach].map(each => each.judge(pinged(...args)).seen)
  const both = (text: string) => [text, text]
  assert.deepEqual(seen({ roundTripsMs: [0.5, 9] }), both('a ping to 10.0.0.2 was answered after 0.5 ms'))
  assert.deepEqual(seen({}), both('no answer to a ping to 10.0.0.2'))
  assert.deepEqual(seen({ neighbour: 'FAILED' }), both('no answer to a ping to 10.0.0.2 (ARP: FAILED)'))
  assert.deepEqual(seen({}, 'the link is down'), both('no answer to a ping to 10.0.0.2; the link is down'))
})

test('a way is open or closed by one answer, and neither where the name leads nowhere', () => {
  const judged = (facts: Partial<PeerFacts>) => [reaches, doesNotReach].map(each => each.judge(pinged(facts)))
  assert.deepEqual(
    judged({ roundTripsMs: [1] }).map(({ verdict, state }) => [verdict, state]),
    [
      ['met', 'open'],
      ['not-yet', 'open'],
    ],
  )
  assert.deepEqual(
    judged({}).map(({ verdict, state }) => [verdict, state]),
    [
      ['not-yet', 'closed'],
      ['met', 'closed'],
    ],
  )
  const unnamed = [reaches, doesNotReach].map(each => each.judge({ facts: { roundTripsMs: [] } }))
  for (const judgement of unnamed)
    assert.deepEqual(
      [judgement.verdict, 'neither' in judgement && judgement.neither, judgement.seen],
      ['not-yet', 'leads to a name that is not known there', 'the name is not known there'],
    )
  assert.deepEqual(
    judged({ unknown: 'no ping' }).map(({ verdict }) => verdict),
    ['unknown', 'unknown'],
  )
})

test('a round trip is the median of those that came back', () => {
  const [least, most] = [takesAtLeast(milliseconds(40)), takesAtMost(milliseconds(40))]
  const verdicts = (...roundTripsMs: readonly number[]) =>
    [least, most].map(each => each.judge(pinged({ roundTripsMs })).verdict)
  assert.deepEqual(verdicts(40), ['met', 'met'])
  assert.deepEqual(verdicts(100, 39, 1), ['not-yet', 'met'])
  assert.deepEqual(verdicts(9, 100, 41), ['met', 'not-yet'])
  assert.deepEqual(verdicts(), ['not-yet', 'not-yet'])
  assert.deepEqual(
    [least.wanted, most.wanted, least.missed],
    ['at least 40 ms', 'at most 40 ms', 'did not take at least 40 ms'],
  )
  assert.match(least.judge(pinged({ roundTripsMs: [1, 3, 2] }, 'slow link')).seen, /^2(\.0)? ms; slow link$/)
  assert.equal(least.judge(pinged({})).seen, 'no answer to a ping to 10.0.0.2')
})

for (const [facts, verdicts, seen, state] of [
  ['open', ['met', 'not-yet'], 'open', 'open'],
  ['refused', ['not-yet', 'met'], 'refused: nothing listens there, or the firewall rejects', 'refused'],
  ['silent', ['not-yet', 'met'], 'no answer: a firewall drops, or the packets do not get there', 'silent'],
  ['unreachable', ['not-yet', 'met'], 'no answer even to ARP: as if the machine were not there', 'unreachable'],
  ['unnamed', ['not-yet', 'not-yet'], 'the name is not known there', 'unnamed'],
  [{ unknown: 'no bash' }, ['unknown', 'unknown'], 'no bash', 'unknown'],
] as const)
  test(`a port of a peer that is ${state}: ${seen}`, () => {
    const judgements = [portAnswers, portDoesNotAnswer].map(each => each.judge({ facts: facts as PeerPort }))
    assert.deepEqual(
      judgements.map(({ verdict }) => verdict),
      verdicts,
    )
    for (const judgement of judgements) assert.deepEqual([judgement.seen, judgement.state], [seen, state])
  })

test('what is told of a way and a port has its words', () => {
  const words = [reaches, doesNotReach, portAnswers, portDoesNotAnswer].map(
    ({ wanted, missed }) => `${wanted}, ${missed}`,
  )
  assert.deepEqual(words, [
    'open, was closed',
    'closed, was not closed',
    'reachable, was not reachable',
    'not reachable, was still reachable',
  ])
})
