/** The network cards of a target, as they are and as a host will call them. Pure. */
import type { HostNeeds, NetworkClaim } from '../../flake/plan/host-needs.ts'
import { known } from '../../probe/fact.ts'
import type { LinkAddress, NetworkLink } from '../facts/network.ts'
import type { TargetFacts } from '../facts.ts'
import { matchesGlob } from '../modules/glob.ts'

export interface Card {
  /** `eth0`, as the target calls it. */
  readonly now: string
  /** As the host will; undefined where that is not known. */
  readonly next: string | undefined
  /** Its own; undefined where it is not told: in a bond all have one address now, and before iproute2 and Linux 5.6 nothing says which was whose. */
  readonly mac: string | undefined | 'veiled'
  /** Itself, and the bond or bridge that it is a part of. */
  readonly links: readonly string[]
  /** Of these, without link-local ones. */
  readonly addresses: readonly LinkAddress[]
}

type Naming = Pick<HostNeeds['network'], 'named' | 'predictable'>

/** What has a device behind it. Where udev is not asked, its names are not known. */
export function cardsOf({ network, cards, modaliases }: TargetFacts, naming: Naming): Card[] {
  const links = known(network) ?? []
  const told = known(cards)
  const names = told?.map(({ name }) => name) ?? devices(known(modaliases) ?? [])
  return links
    .filter(({ name }) => names.includes(name))
    .map((link, _, all) => {
      const { name } = link
      const above = withMasters(link, links)
      const mac = ownMac(link, all)
      const predicted = told?.find(card => card.name === name)?.predicted
      const addresses = above.flatMap(one => one.addresses).filter(({ scope }) => scope === 'global')
      const next = nextName({ name, mac, predicted }, naming, names.length)
      return { now: name, mac, links: above.map(one => one.name), addresses, next }
    })
}

/** A bond may be a part of a bridge; no further. */
function withMasters(link: NetworkLink, links: readonly NetworkLink[], depth = 0): readonly NetworkLink[] {
  const above = depth > 2 ? undefined : links.find(({ name }) => name === link.master)
  return above === undefined ? [link] : [link, ...withMasters(above, links, depth + 1)]
}

/** ip(8) tells a card's own address where it has another now. */
function ownMac({ name, mac, permanentMac }: NetworkLink, all: readonly NetworkLink[]): Card['mac'] {
  if (permanentMac !== undefined || mac === undefined) return permanentMac
  const isShared = all.some(one => one.name !== name && one.mac === mac && one.permanentMac === undefined)
  return isShared ? 'veiled' : mac
}

const devices = (all: readonly { readonly class: string; readonly name: string }[]): string[] => [
  ...new Set(all.filter(one => one.class === 'net').map(({ name }) => name)),
]

interface Named {
  readonly name: string
  readonly mac: Card['mac']
  readonly predicted: readonly string[] | undefined
}

/** systemd.link(5): a .link file of the host's own goes first, then 99-default.link with the names of udev's net_id; else the kernel's. */
function nextName({ name, mac, predicted }: Named, { named, predictable }: Naming, count: number): string | undefined {
  const given = named.find(({ macs }) => mac !== undefined && macs.includes(mac))
  if (given) return given.name
  if (predictable && predicted === undefined) return undefined
  if (predictable && predicted?.[0] !== undefined) return predicted[0]
  // The kernel counts them in the order in which they turn up.
  return count === 1 && /^(?:eth|en)/.test(name) ? 'eth0' : undefined
}

/** Those of which a claim speaks. `none`: there is none; `unknown`: their names are not known, or the claim matches by something else. */
export function cardsFor(claim: NetworkClaim, cards: readonly Card[]): readonly Card[] | 'none' | 'unknown' {
  if (claim.macs.length > 0) {
    const found = cards.filter(({ mac }) => mac !== undefined && claim.macs.includes(mac))
    if (found.length > 0) return found
    return cards.some(({ mac }) => mac === 'veiled') ? 'unknown' : 'none'
  }
  if (claim.names.length + claim.patterns.length === 0) return 'unknown'
  const fits = (name: string): boolean =>
    claim.names.includes(name) || claim.patterns.some(pattern => matchesGlob(name, pattern))
  const found = cards.filter(({ next }) => next !== undefined && fits(next))
  if (found.length > 0) return found
  return cards.some(({ next }) => next === undefined) ? 'unknown' : 'none'
}

export const showCards = (cards: readonly Card[]): string =>
  cards.map(({ now, next }) => (next === now ? now : `${next ?? 'a name that is not known'} (now ${now})`)).join(', ')
