/** Whether what a host has written down of its network is that of a target. Pure. */
import type { HostNeeds, NetworkClaim } from '../../flake/plan/host-needs.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notItsOwn, notKnown, together } from '../judgement.ts'
import { familyOf, haveAddresses, haveGateways } from './addresses.ts'
import { type Card, cardsFor, cardsOf, showCards } from './cards.ts'

export function networkFits(facts: TargetFacts, { network: needs }: HostNeeds): Judgement {
  const other = notItsOwn(facts)
  if (other) return other
  if ('unknown' in facts.network) return notKnown(facts.network)
  const cards = cardsOf(facts, needs)
  if (cards.length === 0) return notKnown('it has no network card that tells what it is')
  return together([
    ...needs.claims.map(claim => claimFits(claim, cards)),
    haveGateways(facts, needs),
    leadsOut(facts, cards, needs),
  ])
}

function claimFits(claim: NetworkClaim, cards: readonly Card[]): Judgement {
  const { option, on } = claim
  const found = cardsFor(claim, cards)
  if (found === 'unknown')
    return notKnown(`which card ${option} means is not known${on === null ? '' : ` (it is about ${on})`}`)
  const meant = [...claim.macs, ...claim.names, ...claim.patterns].join(', ')
  if (found === 'none')
    return notHeld(`${option} is for ${meant}: the cards of the target will be ${showCards(cards)}`, {
      next: 'the name that the new system gives, or a match by MAC address (systemd.network.networks.*.matchConfig.MACAddress)',
    })
  if (!claim.tagged) return haveAddresses(claim, found)
  // A rescue system sees nothing of what carries a tag.
  return claim.gateways.length > 0 ? notKnown(`${option} is about a VLAN, of which the target shows nothing`) : HELD
}

/** By a gateway of its own, or by DHCP that has been seen to answer. */
function leadsOut(facts: TargetFacts, cards: readonly Card[], needs: HostNeeds['network']): Judgement {
  const { claims, gateways, dynamic } = needs
  const isLed = gateways.length > 0 || claims.some(claim => claim.gateways.length > 0)
  if (isLed && claims.some(claim => claim.addresses.length > 0)) return HELD
  const asking = claims.filter(({ dhcp }) => dhcp)
  if (asking.length === 0 && !dynamic)
    return notHeld(
      isLed
        ? 'nothing leads out of the host: it has a gateway and no address, and asks for none by DHCP'
        : 'nothing leads out of the host: it has no gateway, and asks for none by DHCP',
    )
  const asked = dynamic ? cards : asking.flatMap(claim => cardsThere(claim, cards))
  // Cards that are not there are told by their claims.
  if (asked.length === 0) return HELD
  return waysByDhcp(facts, asked)
}

/** DHCP beside the way by which the target is reached, or IPv6 that tells itself beside IPv4 that does not, leads to another address. */
function waysByDhcp({ routes4, routes6 }: TargetFacts, asked: readonly Card[]): Judgement {
  if ('unknown' in routes4) return notKnown(routes4)
  if ('unknown' in routes6) return notKnown(routes6)
  const [first4, first6] = [routes4.is, routes6.is].map(all => all.filter(({ to }) => to === 'default'))
  const [ways, family] = first4?.length ? [first4, 4] : [first6 ?? [], 6]
  const led = asked.filter(({ links }) => ways.some(({ link }) => link !== undefined && links.includes(link)))
  const answered = led.some(({ addresses }) =>
    addresses.some(({ isDynamic, address }) => isDynamic && familyOf(address) === family),
  )
  if (answered) return HELD
  const told = (led.length === 0 ? asked : led).map(({ now }) => now).join(', ')
  return notKnown(
    led.length === 0
      ? `the target leads out by no card that the host asks by DHCP (${told})`
      : `${told} has its IPv${family} address by no DHCP now: whether one answers is not known`,
  )
}

function cardsThere(claim: NetworkClaim, cards: readonly Card[]): readonly Card[] {
  const found = cardsFor(claim, cards)
  return typeof found === 'string' ? [] : found
}
