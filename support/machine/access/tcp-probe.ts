import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import type { Deadline } from '../../core/time/deadline.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { PortState } from '../machine.ts'

export interface TcpAddress {
  readonly host: string
  readonly port: number
}

/** Whether connections are accepted there, on any of the host's addresses; nothing may be in between that accepts them by itself. */
export async function probeTcpPort({ host, port }: TcpAddress, deadline: Deadline): Promise<PortState> {
  const addresses = await resolveName(host, deadline)
  if ('unknown' in addresses) return addresses
  return sum(await Promise.all(addresses.map(address => tryAddress({ host: address, port }, deadline))))
}

async function resolveName(host: string, { remaining }: Deadline): Promise<readonly string[] | { unknown: string }> {
  try {
    const found = await withTimeout(
      lookup(host, { all: true }),
      remaining,
      () => new Error('the lookup takes too long'),
    )
    return found.map(({ address }) => address)
  } catch (error) {
    return { unknown: `this computer has no address for ${host}: ${(error as Error).message}` }
  }
}

/** What one address answers; `no way` when this computer has no route to it. */
type AddressState = PortState | 'no way'

const STATES: Readonly<Record<string, AddressState>> = {
  ECONNREFUSED: 'closed',
  ECONNRESET: 'closed',
  ETIMEDOUT: 'filtered',
  EHOSTUNREACH: 'filtered',
  EHOSTDOWN: 'filtered',
  ENETUNREACH: 'no way',
  EADDRNOTAVAIL: 'no way',
}

async function tryAddress(address: TcpAddress, deadline: Deadline): Promise<AddressState> {
  const socket = connect(address)
  const answer = new Promise<AddressState>(resolve => {
    socket.once('connect', () => resolve('open'))
    socket.once('error', ({ code = '', message }: NodeJS.ErrnoException) =>
      resolve(STATES[code] ?? { unknown: message }),
    )
  })
  try {
    return await withTimeout(answer, deadline.remaining, () => new Error('filtered'))
  } catch {
    return 'filtered'
  } finally {
    socket.destroy()
  }
}

/** One way in is enough; where one of them was not tried, it is not known that there is none. */
function sum(states: readonly AddressState[]): PortState {
  if (states.includes('open')) return 'open'
  const untried = states.find(state => typeof state === 'object')
  if (untried) return untried
  if (states.includes('filtered')) return 'filtered'
  return states.includes('closed') ? 'closed' : { unknown: 'this computer has no route to it' }
}
