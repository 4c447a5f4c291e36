import { sh, unconfined } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { type IpAddress, parseIpAddress } from '../../core/values/ip-address.ts'
import type { Fact } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { answers, inSections, isMissing, lines } from '../sections.ts'
import { toolMissing, UnreadableAnswer } from '../unreadable-answer.ts'
import { type OwnAddress, parseOwnAddresses, parseSocketDetails, type SocketDetails } from './socket-details.ts'

export interface PortQuery {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
  /** When it is asked whether the port takes what comes for this address. */
  readonly address?: IpAddress
}

export interface PortFacts {
  readonly listening: readonly Listener[]
  /** The machine's own addresses; only when an address was asked about. */
  readonly own?: Fact<readonly OwnAddress[]>
}

/** A socket that takes connections or, of UDP, packets from everywhere. */
export interface Listener {
  readonly address: IpAddress
  /** What only ss(8) tells, as far as it was asked. */
  readonly details: Fact<SocketDetails>
}

/** A port inside the machine, read from the kernel itself: /proc/net is there on any Linux, needs no tool and is exact (proc_net(5)). */
export const port: Probe<PortQuery, PortFacts> = {
  budget: seconds(30),
  describe: ({ protocol, port: number }) => `${protocol} port ${number}`,
  command: ({ protocol, address }) =>
    inSections(
      sh`cat /proc/net/${protocol}`,
      // a kernel without IPv6 has no such table
      sh`if [ -e /proc/net/${`${protocol}6`} ]; then cat /proc/net/${`${protocol}6`}; fi`,
      ...(address ? [sh`ss -H -l -n -e ${protocol === 'tcp' ? '-t' : '-u'} 2>&1`, sh`ip -j address 2>&1`] : []),
    ),
  parse(result, query) {
    const what = port.describe(query)
    const [v4, v6, details, own] = answers(result, what, query.address ? 4 : 2)
    for (const table of [v4, v6]) {
      if (table && isMissing(table)) throw toolMissing(what, result)
      if (table?.code !== 0) throw new UnreadableAnswer(what, result)
    }
    const tables = [...lines(v4?.text), ...lines(v6?.text)]
    const sockets = tables.filter(line => !HEAD.test(line)).map(parseSocket)
    if (!HEAD.test(tables[0] ?? '') || sockets.includes(undefined)) throw new UnreadableAnswer(what, result)
    const idle = query.protocol === 'tcp' ? TCP_LISTEN : UDP_UNCONNECTED
    const detailsOf = parseSocketDetails(details)
    const listening = sockets.flatMap(socket =>
      socket?.port === query.port && socket.state === idle
        ? [{ address: socket.address, details: detailsOf(socket.inode) }]
        : [],
    )
    return { listening, ...(own && { own: parseOwnAddresses(own) }) }
  },
  evidence: () => ({ name: 'listening sockets', command: unconfined(sh`ss -Hltunp 2>/dev/null || cat /proc/net/tcp`) }),
}

/** Socket states of the kernel (include/net/tcp_states.h). */
const UDP_UNCONNECTED = '07'
const TCP_LISTEN = '0A'

interface Socket {
  readonly address: IpAddress
  readonly port: number
  readonly state: string
  readonly inode: number
}

const HEAD = /^ *sl +local_address/

/** A line of /proc/net/tcp and its like; undefined for their heads. */
export function parseSocket(line: string): Socket | undefined {
  const [, local = '', port = '', state = '', inode] =
    /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) (?:(?:\S+ +){5}(\d+))?/.exec(line) ?? []
  if (local === '') return undefined
  return { address: parseAddress(local), port: Number.parseInt(port, 16), state, inode: Number(inode) }
}

/** The kernel prints addresses as 32 bit words in the machine's byte order, which is little-endian wherever NixOS runs. */
export function parseAddress(hex: string): IpAddress {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap(word => (word.match(/../g) ?? []).reverse())
  const text =
    bytes.length === 4
      ? bytes.map(byte => Number.parseInt(byte, 16)).join('.')
      : bytes.flatMap((byte, i) => (i % 2 === 0 ? [`${byte}${bytes[i + 1]}`] : [])).join(':')
  const address = parseIpAddress(text)
  if (!address) throw new RangeError(`The kernel's address ${hex} is none`)
  return address
}
