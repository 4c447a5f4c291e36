import { connect } from 'node:net'
import type { Reach } from '../claim/reach.ts'
import type { Duration } from '../core/duration.ts'
import type { Observation } from '../expect/expectation.ts'
import type { Machine } from '../machine/machine.ts'
import { port } from '../probe/port.ts'
import type { Shell } from '../shell/shell.ts'

/** A TCP port asked from the runner. */
export const reachability = (machine: Machine, number: number, shell: () => Promise<Shell>): Observation<Reach> => ({
  subject: `tcp port ${number} on ${machine.name}`,
  async look(limits) {
    const address = await machine.reachable(number)
    // QEMU's user network accepts on the runner before it has asked the machine: only the machine knows whether it was reached
    const forwarded = machine.plan.kind !== 'ssh'
    return dial(address, limits.attempt, async () => {
      if (!forwarded) return true
      const query = { protocol: 'tcp', port: number } as const
      const { connected } = port.parse(await (await shell()).run(port.command(query), limits), query)
      return connected.some(peer => !peer.startsWith('127.') && peer !== '::1')
    })
  },
})

interface Address {
  readonly host: string
  readonly port: number
}

/** Connects, and asks for the proof while the connection stands. Data from the other end is proof as well. */
function dial(address: Address, bound: Duration, proof: () => Promise<boolean>): Promise<Reach> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, timeout: bound.ms })
    const end = (facts: Reach): void => {
      socket.destroy()
      resolve(facts)
    }
    socket.once('data', () => end({ reached: true, how: 'answered' }))
    socket.once('error', error => end({ reached: false, how: error.message }))
    socket.once('timeout', () => end({ reached: false, how: 'no answer' }))
    socket.once('end', () => end({ reached: false, how: 'connection closed at once' }))
    socket.once('connect', () => {
      proof()
        .then(reached => end({ reached, how: reached ? 'connected' : 'the machine let nothing in' }))
        .catch(error => {
          socket.destroy()
          reject(error)
        })
    })
  })
}
