import type { ClaimTable, Guest, Row } from '../rows/row.ts'
import type { Reach } from './reach.ts'

const NO_NAME = 'nothing in it is named'
const NO_TOOL = 'the runner asks, by itself'
const without = { hostile: NO_NAME, 'tool missing': NO_TOOL }

const open: Guest = { openPorts: [80] }
const others = (otherPorts: Reach): Guest => ({ otherPorts })
const NO_ADDRESS = others({ unknown: 'this computer has no address for box' })
const JUMP = others({ unknown: 'it is behind the jump host bastion: from this computer no port of it can be tried' })

const unasked = (sentence: string): Row[] => [
  ['absent', sentence, NO_ADDRESS, 'could not check', /could not be checked within 30 s: this computer has no address/],
  ['unreadable', sentence, JUMP, 'could not check', /behind the jump host bastion/],
]

export const reachRows: ClaimTable = {
  '{port} is reachable{tail}': {
    without,
    rows: [
      ['so', 'tcp port 80 is reachable', open, 'holds'],
      [
        'not so',
        'tcp port 80 is reachable',
        others('closed'),
        'not met',
        /was not reachable within 30 s[\s\S]*closed: nothing/,
      ],
      ['not so', 'tcp port 81 is reachable', open, 'not met'],
      ['not so', 'udp port 80 is reachable', open, 'refused', /udp port gives no sign/],
      ['cut off', 'tcp port 80 is reachable', others('filtered'), 'not met', /no answer at all: a firewall drops/],
      ...unasked('tcp port 80 is reachable'),
    ],
  },
  '{port} is not reachable{tail}': {
    without,
    rows: [
      ['so', 'tcp port 80 is not reachable', others('closed'), 'holds'],
      ['so', 'tcp port 81 is not reachable', open, 'holds'],
      ['cut off', 'tcp port 80 is not reachable', others('filtered'), 'holds'],
      ['not so', 'tcp port 80 is not reachable', open, 'not met', /was still reachable after 30 s/],
      ['not so', 'udp port 80 is not reachable', open, 'refused', /udp port gives no sign/],
      ...unasked('tcp port 80 is not reachable'),
    ],
  },
}
