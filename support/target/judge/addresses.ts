/** Addresses and gateways that a host has written down, against those that a target has. Pure. */
import { BlockList, isIPv6 } from 'node:net'
import { parseIpAddress } from '../../core/values/ip-address.ts'
import type { HostNeeds, NetworkClaim } from '../../flake/plan/host-needs.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notKnown, together } from '../judgement.ts'
import type { Card } from './cards.ts'

type Family = 4 | 6
export const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4)
const plain = (address: string): string => parseIpAddress(address)?.text ?? address
const isSame = (one: string, other: string): boolean => plain(one) === plain(other)
const isLinkLocal = (address: string): boolean => /^fe[89ab]/i.test(address)

/** IPv6 comes as a whole network of 64 bits, of which a rescue system takes another address. */
export function haveAddresses(claim: NetworkClaim, cards: readonly Card[]): Judgement {
  const wanted = claim.addresses.map(({ address }) => address).filter(address => !isLinkLocal(address))
  return together(
    ([4, 6] as const).map(family =>
      ofFamily(
        claim,
        cards,
        family,
        wanted.filter(one => familyOf(one) === family),
      ),
    ),
  )
}

/** One of them must be the target's: what a host has beside it cannot be seen there. */
function ofFamily(
  { option }: NetworkClaim,
  cards: readonly Card[],
  family: Family,
  wanted: readonly string[],
): Judgement {
  if (wanted.length === 0) return HELD
  const there = cards.flatMap(({ addresses }) => addresses).filter(({ address }) => familyOf(address) === family)
  const told = `${option}: ${wanted.join(', ')}`
  const where = cards.map(({ now }) => now).join(', ')
  if (there.length === 0) return notKnown(`${told}: the target has no IPv${family} address on ${where} now`)
  const fits = (one: string): boolean =>
    there.some(({ address }) => isSame(address, one) || (family === 6 && isWithin(one, address, 64)))
  return wanted.some(fits)
    ? HELD
    : notHeld(`${told}: the target has ${there.map(({ address }) => address).join(', ')} on ${where}`)
}

export function isWithin(address: string, network: string, prefix: number): boolean {
  const family = isIPv6(network) ? 'ipv6' : 'ipv4'
  if (isIPv6(address) !== isIPv6(network)) return false
  const list = new BlockList()
  list.addSubnet(network, prefix, family)
  return list.check(address, family)
}

/** Each family leads out by the gateway by which the target does, and reaches it. */
export function haveGateways(
  { routes4, routes6 }: TargetFacts,
  { claims, gateways, onLink }: HostNeeds['network'],
): Judgement {
  const all = [...claims.flatMap(claim => claim.gateways), ...gateways.map(({ address }) => address)]
  const own = claims.flatMap(({ addresses }) => addresses)
  const isReached = (gateway: string): boolean =>
    isLinkLocal(gateway) ||
    onLink.some(one => isSame(one, gateway)) ||
    own.some(({ address, prefix }) => isWithin(gateway, address, prefix))
  return together(
    ([4, 6] as const).map(family => {
      const wanted = all.filter(one => familyOf(one) === family)
      const routes = family === 4 ? routes4 : routes6
      if (wanted.length === 0) return HELD
      if ('unknown' in routes) return notKnown(routes)
      const ways = routes.is.filter(({ to }) => to === 'default').flatMap(({ gateway }) => gateway ?? [])
      if (ways.length === 0)
        return notKnown(`the target has no gateway of IPv${family}: whether ${wanted.join(', ')} is one is not known`)
      const right = wanted.filter(one => ways.some(way => isSame(way, one)))
      if (right.length === 0) return notHeld(`the gateway ${wanted.join(', ')}: the target has ${ways.join(', ')}`)
      if (right.some(isReached)) return HELD
      return notHeld(
        `the gateway ${right.join(', ')} lies in no network of the host, which does not say that it is on-link`,
        {
          next: 'networking.defaultGateway with its interface; GatewayOnLink = true in the route of systemd-networkd',
        },
      )
    }),
  )
}
