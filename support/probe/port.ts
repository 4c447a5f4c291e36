import { sh, unconfined } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { answers, inSections, lines } from './sections.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

export interface PortQuery {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
}

export interface PortFacts {
  /** Addresses the port is bound to: `0.0.0.0`, `::`, `127.0.0.1`. */
  readonly listening: readonly string[]
  /** Addresses of peers with a connection to it. */
  readonly connected: readonly string[]
}

/** A port inside the machine, read from the kernel itself: /proc/net is there on any Linux, needs no tool and is exact (proc_net(5)). */
export const port: Probe<PortQuery, PortFacts> = {
  budget: seconds(30),
  describe: ({ protocol, port: number }) => `${protocol} port ${number}`,
  command: ({ protocol }) => inSections(sh`cat /proc/net/${protocol}`, sh`cat /proc/net/${`${protocol}6`} 2>/dev/null`),
  parse(result, query) {
    const [v4, v6] = answers(result, port.describe(query), 2)
    if (!v4?.text.includes('local_address')) throw new UnreadableAnswer(port.describe(query), result)
    const sockets = [...lines(v4.text), ...lines(v6?.text)]
      .map(parseSocket)
      .filter(socket => socket?.port === query.port)
    const idle = query.protocol === 'tcp' ? TCP_LISTEN : UDP_UNCONNECTED
    return {
      listening: distinct(sockets.flatMap(socket => (socket?.state === idle ? [socket.address] : []))),
      connected: distinct(sockets.flatMap(socket => (socket?.state === ESTABLISHED ? [socket.peer] : []))),
    }
  },
  evidence: () => ({ name: 'listening sockets', command: unconfined(sh`ss -Hltunp 2>/dev/null || cat /proc/net/tcp`) }),
}

/** Socket states of the kernel (include/net/tcp_states.h). */
const ESTABLISHED = '01'
const UDP_UNCONNECTED = '07'
const TCP_LISTEN = '0A'

interface Socket {
  readonly address: string
  readonly port: number
  readonly peer: string
  readonly state: string
}

export function parseSocket(line: string): Socket | undefined {
  const [, local = '', port = '', remote = '', state = ''] =
    /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):[0-9A-F]{4} ([0-9A-F]{2}) /.exec(line) ?? []
  if (local === '') return undefined
  return { address: parseAddress(local), port: Number.parseInt(port, 16), peer: parseAddress(remote), state }
}

/** The kernel prints addresses as 32 bit words in the machine's byte order, which is little-endian wherever NixOS runs. */
export function parseAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap(word => (word.match(/../g) ?? []).reverse())
  if (bytes.length === 4) return bytes.map(byte => Number.parseInt(byte, 16)).join('.')
  const groups = bytes.flatMap((byte, i) => (i % 2 === 0 ? [`${byte}${bytes[i + 1]}`] : []))
  const mapped = /^(?:0000){5}FFFF/.test(bytes.join(''))
  return mapped ? parseAddress(hex.slice(24)) : compress(groups)
}

/** The shortest form of an IPv6 address (RFC 5952). */
const compress = (groups: readonly string[]): string => new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)

const distinct = (addresses: readonly string[]): string[] => [...new Set(addresses)].sort()
