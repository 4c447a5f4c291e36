import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'
import { type ClaimTable, type Guest, type Row, silent, unknown } from '../rows/row.ts'

const network = ['box', 'db1']
const NO_NAME = 'names of machines are the run’s own, and refused when they are not on the network'
const ADDRESS = '192.168.77.2'

const pong = (...times: readonly string[]): Said =>
  times.map(time => `64 bytes from ${ADDRESS}: icmp_seq=1 ttl=64 time=${time} ms`).join('\n')
const SILENT: Said = { code: 1, out: '1 packets transmitted, 0 received, 100% packet loss, time 0ms' }
const NEIGHBOUR = `${ADDRESS} dev vnet-nixcumber FAILED `

const pingSections = (ping: Said, address: Said = ADDRESS): Said[] => [address, ping, NEIGHBOUR]
const guest = (replies: CommandResult): Guest => ({ network, replies })
const ping = (said: Said, address?: Said): Guest => guest(answered(pingSections(said, address)))

const NO_WAY: readonly Said[] = [
  { code: 2, out: 'ping: connect: Network is unreachable' },
  { code: 2, out: 'ping: connect: Invalid argument' },
  { code: 2, out: 'ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules' },
]

/** What leaves a ping untold, for a sentence and for its negation. */
const notPinged = (sentence: string): Row[] => [
  ['absent', sentence, ping('', { code: 2 }), 'not met', /leads to a name that is not known there/],
  ['tool missing', sentence, ping({ code: 127 }), 'could not check', /no ping on this machine/],
  ['tool missing', sentence, ping('', { code: 127 }), 'could not check', /no getent on this machine/],
  [
    'unreadable',
    sentence,
    ping({ code: 2, out: 'ping: socket: Operation not permitted' }),
    'could not check',
    /not permitted/,
  ],
  ['unreadable', sentence, ping('nonsense'), 'could not check', /something else than its answers: nonsense/],
  ['cut off', sentence, ping({ code: 137 }), 'could not check', /ended with 137/],
  ...unknown(sentence, pingSections(SILENT), { network }),
]

const port = (said: Said, address: Said = `${ADDRESS} STREAM db1`): Guest => guest(answered([address, said]))
/** Dropped, in a sentence of 2 seconds: of that a look has 2, at least. */
const droppedWithin2 = (): Guest => ({
  network,
  replies: silent(/timeout ([\d.]+)/, 2, answered([`${ADDRESS} STREAM db1`, DROPPED])),
})
const mutedWithin2 = (): Guest => ({ network, replies: silent(/ -W ([\d.]+)/, 2, answered(pingSections(SILENT))) })
const REFUSED: Said = { code: 1, out: 'bash: connect: Connection refused' }
const NO_ROUTE: Said = { code: 1, out: 'bash: connect: No route to host' }
const DROPPED: Said = { code: 124 }
/** Routes that forbid the way: `blackhole`, `prohibit`; and none at all. */
const FORBIDDEN = ['Invalid argument', 'Permission denied', 'Network is unreachable'].map(
  (why): Said => ({ code: 1, out: `bash: connect: ${why}\nbash: line 1: /dev/tcp/db1/80: ${why}` }),
)
/** Not a way: the name. */
const NO_SUCH_NAME: Said = {
  code: 1,
  out: 'bash: line 1: db1: Name or service not known\nbash: line 1: /dev/tcp/db1/80: Invalid argument',
}

const notTried = (sentence: string): Row[] => [
  ['absent', sentence, port(DROPPED, { code: 2 }), 'not met', /leads to a name that is not known there/],
  [
    'tool missing',
    sentence,
    port({ code: 127, out: 'bash: timeout: command not found' }),
    'could not check',
    /timeout/,
  ],
  ['tool missing', sentence, port(DROPPED, { code: 127 }), 'could not check', /no getent/],
  [
    'unreadable',
    sentence,
    port({ code: 1, out: '/dev/tcp/db1/80: No such file or directory' }),
    'could not check',
    /No such/,
  ],
  ['unreadable', sentence, port(NO_SUCH_NAME), 'could not check', /Invalid argument/],
  ['cut off', sentence, port({ code: 137 }), 'could not check'],
  ...unknown(sentence, [`${ADDRESS} STREAM db1`, REFUSED], { network }),
]

const without = { hostile: NO_NAME }
const REACHES = '"box" reaches "db1"'
const LACKS = '"box" does not reach "db1"'
const LEAST = 'the round trip from "box" to "db1" takes at least 50 milliseconds'
const MOST = 'the round trip from "box" to "db1" takes at most 50 milliseconds'
const OPEN = 'tcp port 80 of "db1" is reachable from "box"'
const SHUT = 'tcp port 80 of "db1" is not reachable from "box"'

export const peerRows: ClaimTable = {
  '{string} reaches {string}{tail}': {
    without,
    rows: [
      ['so', REACHES, ping(pong('0.5')), 'holds'],
      [
        'not so',
        REACHES,
        ping(SILENT),
        'not met',
        /was closed within 15 s[\s\S]*no answer to a ping to 192\.168\.77\.2 \(ARP: FAILED\)/,
      ],
      ['not so', `${REACHES} within 2 seconds`, mutedWithin2(), 'not met', /no answer to a ping/],
      ...NO_WAY.map((said): Row => ['not so', REACHES, ping(said), 'not met']),
      ['not so', '"box" reaches "db2"', ping(pong('0.5')), 'refused', /not on the network/],
      ...notPinged(REACHES),
    ],
  },
  '{string} does not reach {string}{tail}': {
    without,
    rows: [
      ['so', LACKS, ping(SILENT), 'holds'],
      ['so', `${LACKS} within 2 seconds`, mutedWithin2(), 'holds'],
      ...NO_WAY.map((said): Row => ['so', LACKS, ping(said), 'holds']),
      ['not so', LACKS, ping(pong('0.5')), 'not met', /was not closed after 15 s[\s\S]*answered after 0\.5 ms/],
      ['not so', '"box" does not reach "db2"', ping(SILENT), 'refused', /not on the network/],
      ...notPinged(LACKS),
    ],
  },
  'the round trip from {string} to {string} takes at least {duration}{tail}': {
    without,
    rows: [
      ['so', LEAST, ping(pong('100', '51', '3')), 'holds'],
      ['so', LEAST, ping(pong('50')), 'holds'],
      ['not so', LEAST, ping(pong('100', '49', '3')), 'not met', /49 ms/],
      ['not so', LEAST, ping(SILENT), 'not met', /no answer/],
      ...notPinged(LEAST),
    ],
  },
  'the round trip from {string} to {string} takes at most {duration}{tail}': {
    without,
    rows: [
      ['so', MOST, ping(pong('100', '49', '3')), 'holds'],
      ['not so', MOST, ping(pong('100', '51', '3')), 'not met', /did not take at most 50 ms[\s\S]*51 ms/],
      ['not so', MOST, ping(SILENT), 'not met', /no answer/],
      ...notPinged(MOST),
    ],
  },
  '{port} of {string} is reachable from {string}{tail}': {
    without,
    rows: [
      ['so', OPEN, port(''), 'holds'],
      ['not so', OPEN, port(REFUSED), 'not met', /refused: nothing listens there/],
      ['not so', OPEN, port(DROPPED), 'not met', /a firewall drops/],
      ['not so', `${OPEN} within 2 seconds`, droppedWithin2(), 'not met', /a firewall drops/],
      ['not so', OPEN, port(NO_ROUTE), 'not met', /no answer even to ARP/],
      ...FORBIDDEN.map((said): Row => ['not so', OPEN, port(said), 'not met', /no way leads there/]),
      ['not so', 'udp port 80 of "db1" is reachable from "box"', port(''), 'refused', /udp port gives no sign/],
      ...notTried(OPEN),
    ],
  },
  '{port} of {string} is not reachable from {string}{tail}': {
    without,
    rows: [
      ['so', SHUT, port(REFUSED), 'holds'],
      ['so', SHUT, port(DROPPED), 'holds'],
      ['so', `${SHUT} within 2 seconds`, droppedWithin2(), 'holds'],
      ['so', SHUT, port(NO_ROUTE), 'holds'],
      ...FORBIDDEN.map((said): Row => ['so', SHUT, port(said), 'holds']),
      ['not so', SHUT, port(''), 'not met', /was still reachable after 15 s/],
      ...notTried(SHUT),
    ],
  },
}
