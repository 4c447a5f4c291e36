/** What ss(8) and ip(8) tell of sockets and addresses beyond /proc/net. */
import { z } from 'zod'
import { type IpAddress, parseIpAddress } from '../../core/values/ip-address.ts'
import type { Fact } from '../fact.ts'
import { type Answer, isMissing, lines } from '../sections.ts'

export interface SocketDetails {
  /** An IPv6 socket that IPv4 does not get into (ipv6(7), IPV6_V6ONLY). */
  readonly v6only: boolean
  /** The only interface it takes anything from (socket(7), SO_BINDTODEVICE; RFC 4007 for a link-local address). */
  readonly device?: string
}

/** The details by the inode of a socket. */
export function parseSocketDetails(answer: Answer | undefined): (inode: number) => Fact<SocketDetails> {
  if (answer?.code !== 0) return () => ({ unknown: notTold('ss', answer) })
  const known = new Map(lines(answer.text).flatMap(parseLine))
  return inode => {
    const details = known.get(inode)
    return details ? { is: details } : { unknown: 'ss has not told of this socket' }
  }
}

/** State Recv-Q Send-Q Local:Port Peer:Port, then `name:value`: the path of a cgroup, which may hold anything, stands between. */
const LINE = /^\S+ +\d+ +\d+ +(\S+):\d+ +\S+ +(?:timer:\S+ +)?(?:uid:\d+ +)?ino:(\d+) (.*)$/

function parseLine(line: string): [number, SocketDetails][] {
  const [, local = '', inode, rest = ''] = LINE.exec(line) ?? []
  if (inode === undefined) return []
  const [, device] = /%(.+)/.exec(local) ?? []
  const v6only = / v6only:1(?: [<-]-?[->])?\s*$/.test(` ${rest}`)
  return [[Number(inode), { v6only, ...(device !== undefined && { device }) }]]
}

export interface OwnAddress {
  readonly address: IpAddress
  readonly device: string
}

const Addresses = z.array(
  z.object({
    ifname: z.string().optional(),
    addr_info: z.array(z.object({ local: z.string().optional() })).optional(),
  }),
)

/** The output of `ip -j address`. */
export function parseOwnAddresses(answer: Answer): Fact<readonly OwnAddress[]> {
  if (answer.code !== 0) return { unknown: notTold('ip', answer) }
  const read = Addresses.safeParse(jsonOf(answer.text))
  if (!read.success) return { unknown: 'ip has told the addresses in a form that is not known' }
  return {
    is: read.data.flatMap(({ ifname: device = '', addr_info = [] }) =>
      addr_info.flatMap(({ local = '' }) => {
        const address = parseIpAddress(local)
        return address ? [{ address, device }] : []
      }),
    ),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notTold(tool: string, answer: Answer | undefined): string {
  if (!answer || isMissing(answer)) return `there is no ${tool} on this machine`
  return lines(answer.text)[0] ?? `${tool} has failed`
}
