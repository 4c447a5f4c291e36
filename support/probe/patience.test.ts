import assert from 'node:assert/strict'
import test from 'node:test'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { http } from './http/http.ts'
import { peer } from './network/peer.ts'
import { peerPort } from './network/peer-port.ts'
import { inSeconds, patience } from './patience.ts'

const wait = (look?: number): number => inSeconds(patience(seconds(3), look === undefined ? undefined : seconds(look)))

test('a look waits its usual time, or as long as leaves half a second of the whole look', () => {
  assert.deepEqual([wait(), wait(6), wait(3.5), wait(3.4), wait(2)], [3, 3, 3, 2.9, 1.5])
})

test('a silence too short for a lost packet to be sent again is not taken for one: that look is cut off', () => {
  assert.deepEqual([wait(1.7), wait(1.6), wait(0.5), wait(0)], [1.2, 1.2, 1.2, 1.2])
})

test('parts of a millisecond are no word of a tool', () => {
  assert.equal(inSeconds(patience(seconds(3), milliseconds(2000.123456))), 1.5)
})

test('each look that waits on purpose fits itself into its time', () => {
  const waits = (script: string): string[] =>
    [...script.matchAll(/(?:timeout|-W|--max-time) ([\d.]+)/g)].map(([, time = '']) => time)
  const ports = (look: number) => waits(peerPort.command({ peer: 'db1', port: 80 }, seconds(look)).script)
  const pages = (look: number) => waits(http.command('http://box/', seconds(look)).script)
  const pings = (count: number, look: number) =>
    waits(peer.command({ peer: 'db1', pings: count }, seconds(look)).script)
  assert.deepEqual([ports(6), ports(2)], [['3'], ['1.5']])
  assert.deepEqual(
    [pages(7), pages(2)],
    [
      ['5', '5'],
      ['1.5', '1.5'],
    ],
  )
  // All of them are sent, in pauses of 0.2 s, before the last is waited for.
  assert.deepEqual(
    [pings(1, 8), pings(3, 8), pings(1, 2.4), pings(3, 2.8), pings(3, 2.9), pings(1, 0.5)],
    [['2'], ['2'], ['1'], ['1'], ['2'], ['1']],
  )
})

test('the usual time of each fits into its usual look', () => {
  for (const [probe, query, usual] of [
    [peerPort, { peer: 'db1', port: 80 }, 'timeout 3 '],
    [http, 'http://box/', 'timeout 5 '],
    [peer, { peer: 'db1', pings: 3 }, '-W 2 '],
  ] as const) {
    const command = (probe.command as (query: unknown, look?: { ms: number }) => { script: string })(
      query,
      probe.attempt,
    )
    assert.ok(command.script.includes(usual), command.script)
  }
})
