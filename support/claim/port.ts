import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import type { PortFacts } from '../probe/port.ts'

export const portIsListening: Expectation<PortFacts> = claim({
  wanted: 'listening',
  missed: 'was not listening',
  holds: ({ listening }) => listening.length > 0,
  seen,
})

/** Bound to exactly this address: what listens everywhere does not listen on 127.0.0.1 only. */
export const portIsListeningOn = (address: string): Expectation<PortFacts> =>
  claim({
    wanted: `listening on ${address}`,
    missed: `was not listening on ${address}`,
    holds: ({ listening }) => listening.includes(address),
    seen,
  })

function seen({ listening }: PortFacts): string {
  return listening.length > 0 ? `listening on ${listening.join(', ')}` : 'not listening'
}
