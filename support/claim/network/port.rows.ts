import { type ClaimTable, type Kind, type Outcome, type Row, unknown } from '../rows/row.ts'
import {
  bound,
  EVERYWHERE,
  EVERYWHERE6,
  LOOPBACK,
  LOOPBACK6,
  MAPPED,
  type PortAnswer,
  portAnswer,
  portSections,
  told,
} from './port.answers.ts'

const NO_NAME = 'nothing in it is named'
const EVER = 'a port is always there: it listens or it does not'
const LISTENS: PortAnswer = { v4: bound(LOOPBACK) }

const untold = (sentence: string, answer: PortAnswer): Row[] => [
  ...unknown(sentence, portSections(answer)),
  ['unreadable', sentence, portAnswer({ ...answer, v6: { code: 1 } }), 'could not check'],
  ['unreadable', sentence, portAnswer({ ...answer, v4: 'nonsense\n' }), 'could not check'],
  ['tool missing', sentence, portAnswer({ ...answer, v4: { code: 127 } }), 'could not check', /cannot be run here/],
]

const listening: ClaimTable = {
  '{port} is listening{tail}': {
    without: { hostile: NO_NAME, absent: EVER },
    rows: [
      ['so', 'tcp port 80 is listening', portAnswer(LISTENS), 'holds'],
      ['so', 'tcp port 80 is listening', portAnswer({ v6: bound(EVERYWHERE6) }), 'holds'],
      ['so', 'udp port 80 is listening', portAnswer({ v4: bound(EVERYWHERE, 7, '07') }), 'holds'],
      [
        'not so',
        'tcp port 80 is listening',
        portAnswer({ v4: bound(LOOPBACK, 7, '01') }),
        'not met',
        /was not listening/,
      ],
      ['not so', 'tcp port 81 is listening', portAnswer(LISTENS), 'not met'],
      ['not so', 'tcp port 65536 is listening', portAnswer(LISTENS), 'refused', /no port/],
      ...untold('tcp port 80 is listening', LISTENS),
    ],
  },
  '{port} is not listening{tail}': {
    without: { hostile: NO_NAME, absent: EVER },
    rows: [
      ['so', 'tcp port 80 is not listening', portAnswer(), 'holds'],
      ['so', 'udp port 80 is not listening', portAnswer({ v4: bound(EVERYWHERE, 7, '01') }), 'holds'],
      [
        'not so',
        'tcp port 80 is not listening',
        portAnswer(LISTENS),
        'not met',
        /still listening after 30 s[\s\S]*127\.0\.0\.1/,
      ],
      ['not so', 'tcp port 80 is not listening', portAnswer({ v6: bound(LOOPBACK6) }), 'not met', /::1/],
      ...untold('tcp port 80 is not listening', {}),
    ],
  },
}

/** Bound so, and asked about that address: whether it listens there, and why it would not be told. */
type Case = readonly [kind: Kind, address: string, answer: PortAnswer, is: 'on' | 'off' | 'neither' | 'unknown']

const v4 = (address: string, local: string, more?: Partial<PortAnswer>): PortAnswer => ({
  v4: bound(address),
  ss: told(local),
  ...more,
})
const v6 = (address: string, local: string, only: '' | '0' | '1'): PortAnswer => ({
  v6: bound(address),
  ss: told(local, only && `v6only:${only}`),
})
const EVERY = v4(EVERYWHERE, '0.0.0.0')
const DUAL = v6(EVERYWHERE6, '*', '0')
const ONLY6 = v6(EVERYWHERE6, '[::]', '1')
const ETH0 = v4(EVERYWHERE, '0.0.0.0%eth0')
const LINK_LOCAL = v6('000080FE000000000000000001000000', '[fe80::1]%eth0', '1')
const NO_SS: PortAnswer = { ...EVERY, ss: { code: 127, out: 'bash: ss: command not found' } }

const CASES: readonly Case[] = [
  ['so', '127.0.0.1', v4(LOOPBACK, '127.0.0.1'), 'on'],
  ['so', '::ffff:127.0.0.1', v4(LOOPBACK, '127.0.0.1'), 'on'],
  ['so', '127.0.0.1', v6(MAPPED, '[::ffff:127.0.0.1]', '0'), 'on'],
  ['so', '127.0.0.1', EVERY, 'on'],
  ['so', '127.8.8.8', EVERY, 'on'],
  ['so', '10.0.2.15', EVERY, 'on'],
  ['so', '0.0.0.0', EVERY, 'on'],
  ['so', '127.0.0.1', DUAL, 'on'],
  ['so', '0.0.0.0', DUAL, 'on'],
  ['so', '[::1]', DUAL, 'on'],
  ['so', '0:0:0:0:0:0:0:1', v6(LOOPBACK6, '[::1]', '1'), 'on'],
  ['so', '::', ONLY6, 'on'],
  ['so', 'FE80:0::1%eth0', LINK_LOCAL, 'on'],
  ['so', 'fe80::1%eth0', ONLY6, 'on'],
  ['so', '10.0.2.15', ETH0, 'on'],
  ['not so', '127.0.0.1', {}, 'off'],
  ['not so', '127.0.0.2', v4(LOOPBACK, '127.0.0.1'), 'off'],
  ['not so', '0.0.0.0', v4(LOOPBACK, '127.0.0.1'), 'off'],
  ['not so', '127.0.0.1', ONLY6, 'off'],
  ['not so', '0.0.0.0', ONLY6, 'off'],
  ['not so', '::1', EVERY, 'off'],
  ['not so', 'fe80::1%eth1', LINK_LOCAL, 'off'],
  ['not so', '127.0.0.1', ETH0, 'off'],
  ['absent', '10.0.2.16', EVERY, 'neither'],
  ['absent', 'fe80::2', ONLY6, 'neither'],
  ['absent', 'fe80::1%eth1', ONLY6, 'neither'],
  ['unreadable', '10.0.2.15', { ...EVERY, own: { code: 1, out: 'Object "address" is unknown' } }, 'unknown'],
  ['unreadable', '10.0.2.15', { ...EVERY, own: 'no json' }, 'unknown'],
  ['unreadable', '127.0.0.1', { ...DUAL, ss: told('*', 'v6only:0', 8) }, 'unknown'],
  ['tool missing', '127.0.0.1', NO_SS, 'unknown'],
  ['tool missing', '127.0.0.1', { ...DUAL, ss: { code: 127 } }, 'unknown'],
  ['tool missing', '10.0.2.15', { ...EVERY, own: { code: 127 } }, 'unknown'],
]

const POSITIVE = { on: 'holds', off: 'not met', neither: 'not met', unknown: 'could not check' } as const
const NEGATIVE = { on: 'not met', off: 'holds', neither: 'not met', unknown: 'could not check' } as const
const KIND: Readonly<Partial<Record<Outcome, Kind>>> = { holds: 'so', 'not met': 'not so' }

const rowsOf = (words: string, outcomes: Readonly<Record<Case[3], Outcome>>): Row[] =>
  CASES.map(([kind, address, answer, is]) => {
    const sentence = `tcp port 80 is ${words} address "${address}"`
    const outcome = outcomes[is]
    const asked = portAnswer({ ss: '', ...answer })
    return is === 'on' || is === 'off'
      ? [KIND[outcome] ?? kind, sentence, asked, outcome]
      : [kind, sentence, asked, outcome, is === 'neither' ? /was listening on every address .* did not have/ : /^/]
  })

const refused = (words: string): Row[] =>
  ['localhost', '127.1', '0.0.0.0/0', '::1::', '', 'fe80::1%2'].map(address => [
    'not so',
    `tcp port 80 is ${words} address "${address}"`,
    portAnswer({ ss: '' }),
    'refused',
    /no address/,
  ])

const onAddress: ClaimTable = {
  '{port} is listening on address {address}{tail}': {
    without: { hostile: NO_NAME },
    rows: [
      ...rowsOf('listening on', POSITIVE),
      ...refused('listening on'),
      ...untold('tcp port 80 is listening on address "127.0.0.1"', EVERY),
    ],
  },
  '{port} is not listening on address {address}{tail}': {
    without: { hostile: NO_NAME },
    rows: [
      ...rowsOf('not listening on', NEGATIVE),
      ...refused('not listening on'),
      ...untold('tcp port 80 is not listening on address "127.0.0.1"', { ss: '' }),
    ],
  },
}

export const portRows: ClaimTable = { ...listening, ...onAddress }
