import { isIPv4, isIPv6 } from 'node:net'

/** One address of an interface, or the wildcard of a family, as the number it is and not as it was written. */
export interface IpAddress {
  /** Dotted, or the shortest form of IPv6 (RFC 5952). An IPv4-mapped one is the IPv4 address that it stands for (RFC 4291, 2.5.5.2). */
  readonly text: string
  readonly family: 4 | 6
  /** The interface that a link-local address belongs to: `eth0` of `fe80::1%eth0` (RFC 4007). */
  readonly scope?: string
}

/** Reads `127.0.0.1`, `::1`, `[::1]`, `0:0:0:0:0:0:0:1`, `::ffff:127.0.0.1`, `fe80::1%eth0`; undefined for anything else. */
export function parseIpAddress(written: string): IpAddress | undefined {
  const bare = /^\[(.*)\]$/.exec(written)?.[1] ?? written
  const [, address = bare, scope] = /^(.*?)%([^%/\s]+)$/.exec(bare) ?? []
  const of = scope === undefined ? {} : { scope }
  if (isIPv4(address)) return { text: address, family: 4, ...of }
  if (!isIPv6(address) || address.includes('%')) return undefined
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text)
  return mapped ? { text: dotted(mapped.slice(1)), family: 4, ...of } : { text, family: 6, ...of }
}

const dotted = (halves: readonly string[]): string =>
  halves
    .map(half => Number.parseInt(half, 16))
    .flatMap(half => [half >> 8, half & 0xff])
    .join('.')

/** Whether it stands for every address of the machine. */
export const isWildcard = ({ text }: IpAddress): boolean => text === '0.0.0.0' || text === '::'

/** Whether it is one that each machine has: 127.0.0.0/8 or ::1 (RFC 6890). */
export const isLoopback = ({ text, family }: IpAddress): boolean =>
  family === 4 ? text.startsWith('127.') : text === '::1'
