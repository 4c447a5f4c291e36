import { createHash } from 'node:crypto'

/** An address of our own for a machine's card: locally administered, for one (the two lowest bits of the first byte, IEEE 802), the same in each run. */
export function macOf(network: string, machine: string): string {
  const bytes = createHash('sha256').update(`${network}\n${machine}`).digest().subarray(0, 5)
  return ['02', ...[...bytes].map(byte => byte.toString(16).padStart(2, '0'))].join(':')
}

/** Networks of 254 addresses, by the three numbers they begin with; seldom used for anything else, the usual one first. */
const CANDIDATES = [77, 78, 79, 83, 87, 91, 97, 101].map(third => `192.168.${third}`)

/** One that none of the machines has a route to. Undefined when there is none left. */
export const freeNetwork = (taken: readonly string[]): string | undefined =>
  CANDIDATES.find(candidate => !taken.some(route => overlaps(route, `${candidate}.0/24`)))

/** Whether two networks, written as 10.0.2.0/24 or as a bare address, have an address in common. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [range(one), range(other)]
  const bits = Math.min(a.bits, b.bits)
  return bits === 0 || a.start >>> (32 - bits) === b.start >>> (32 - bits)
}

function range(network: string): { readonly start: number; readonly bits: number } {
  const [address = '', bits = '32'] = network.split('/')
  const start = address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0)
  return { start, bits: Number(bits) }
}

/** Whether it is written as an IPv4 address of one machine. */
export const isAddress = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every(part => Number(part) <= 255)
