/** Whether what a host has written down of its network is that of a target. Pure. */
import type { HostNeeds, NetworkClaim } from '../../flake/plan/host-needs.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notItsOwn, notKnown, together } from '../judgement.ts'
import { haveAddresses, haveGateways } from './addresses.ts'
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
    leadsOut(cards, needs),
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
function leadsOut(cards: readonly Card[], { claims, gateways, dynamic }: HostNeeds['network']): Judgement {
  if (gateways.length > 0 || claims.some(claim => claim.gateways.length > 0)) return HELD
  const asking = claims.filter(({ dhcp }) => dhcp)
  if (asking.length === 0 && !dynamic)
    return notHeld('nothing leads out of the host: it has no gateway, and asks for none by DHCP')
  const asked = dynamic ? cards : asking.flatMap(claim => cardsThere(claim, cards))
  const answered = asked.some(({ addresses }) => addresses.some(({ isDynamic }) => isDynamic))
  return answered || asked.length === 0
    ? HELD
    : notKnown(
        `${asked.map(({ now }) => now).join(', ')} has its address by no DHCP now: whether one answers is not known`,
      )
}

function cardsThere(claim: NetworkClaim, cards: readonly Card[]): readonly Card[] {
  const found = cardsFor(claim, cards)
  return typeof found === 'string' ? [] : found
}
