import { type IpAddress, isLoopback, isWildcard } from '../../core/values/ip-address.ts'
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import type { Listener, PortFacts } from '../../probe/network/port.ts'

export const portIsListening: Expectation<PortFacts> = claim({
  wanted: 'listening',
  missed: 'was not listening',
  holds: ({ listening }) => listening.length > 0,
  seen,
})

/**
 * What comes for the address gets in: the port is bound to it, or to every address and the machine has this one. Where it is bound to every
 * address and the machine does not have this one, neither this nor its negation holds.
 */
export function portIsListeningOn(address: IpAddress): Expectation<PortFacts> {
  const text = address.scope === undefined ? address.text : `${address.text}%${address.scope}`
  const ways = (facts: PortFacts) => facts.listening.map(listener => wayIn(listener, address, facts))
  const has = (facts: PortFacts, way: Way) => ways(facts).includes(way)
  return claim({
    wanted: `listening on ${text}`,
    missed: `was not listening on ${text}`,
    unknown: facts => (has(facts, 'open') ? undefined : ways(facts).find(isUnknown)?.unknown),
    between: facts => (!has(facts, 'open') && has(facts, 'elsewhere') ? elsewhere(text) : undefined),
    holds: facts => has(facts, 'open'),
    seen,
  })
}

const elsewhere = (text: string): string => `was listening on every address of the machine, which did not have ${text}`

/** Whether what comes for an address gets into a socket; `elsewhere` when it would, and the machine has no such address. */
type Way = 'open' | 'closed' | 'elsewhere' | { readonly unknown: string }

const isUnknown = (way: Way): way is Exclude<Way, string> => typeof way === 'object'

function wayIn({ address, details }: Listener, wanted: IpAddress, facts: PortFacts): Way {
  const socket = known(details)
  if (address.text === wanted.text) {
    if (wanted.scope === undefined) return 'open'
    if (!socket) return { unknown: whyUnknown(details) ?? '' }
    return socket.device === undefined || socket.device === wanted.scope ? 'open' : 'closed'
  }
  if (!isWildcard(address) || (address.family === 4 && wanted.family === 6)) return 'closed'
  if (!socket) return { unknown: whyUnknown(details) ?? '' }
  if (address.family !== wanted.family && socket.v6only) return 'closed'
  if (isWildcard(wanted)) return socket.device === undefined ? 'open' : 'closed'
  return throughDevices(socket.device, wanted, facts)
}

/** Of a socket that is bound to every address, or to those of one interface. */
function throughDevices(only: string | undefined, wanted: IpAddress, { own }: PortFacts): Way {
  const devices = devicesOf(wanted, own)
  if (devices === undefined) return { unknown: whyUnknown(own) ?? 'the addresses of the machine were not told' }
  if (devices.length === 0) return 'elsewhere'
  return only === undefined || devices.includes(only) ? 'open' : 'closed'
}

const LOOPBACK_DEVICE = 'lo'

/** The interfaces that have the address; undefined when that is unknown. */
function devicesOf(wanted: IpAddress, own: PortFacts['own']): readonly string[] | undefined {
  if (isLoopback(wanted)) return [LOOPBACK_DEVICE]
  return known(own)
    ?.filter(({ address, device }) => address.text === wanted.text && (wanted.scope ?? device) === device)
    .map(({ device }) => device)
}

function seen({ listening }: PortFacts): string {
  return listening.length > 0
    ? `listening on ${[...new Set(listening.map(written))].sort().join(', ')}`
    : 'not listening'
}

function written({ address, details }: Listener): string {
  const { device, v6only } = known(details) ?? {}
  const through = device === undefined ? '' : `%${device}`
  const both = address.text === '::' && v6only === false ? ' and 0.0.0.0' : ''
  return `${address.text}${both}${through}`
}
