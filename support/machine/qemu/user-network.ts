import { connect } from 'node:net'
import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { systemClock } from '../../core/time/clock.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { milliseconds } from '../../core/time/duration.ts'
import type { PortState } from '../machine.ts'
import type { Qmp } from './qmp.ts'

const LOOPBACK = '127.0.0.1'
const POLL_INTERVAL = milliseconds(25)

/** QEMU's human monitor. */
type Monitor = Pick<Qmp, 'human'>

/** A line of `info usernet`: a forwarded port (state HOST_FORWARD) or a connection through one. */
export interface UserNetworkRow {
  readonly state: string
  readonly hostPort: number
  readonly guestPort: number
}

/**
 * QEMU's user network of one machine: ports forwarded on demand. The kernel chooses the port on the runner (port 0), so that
 * runs never collide.
 */
export class UserNetwork {
  readonly #forwarded = new Map<number, number>()
  readonly #guestAddress: string | undefined
  #qmp: Monitor

  /** @param guestAddress of the machine, where it is not what QEMU's DHCP hands out; empty where it has no IPv4 */
  constructor(qmp: Monitor, guestAddress?: string) {
    this.#qmp = qmp
    this.#guestAddress = guestAddress
  }

  /** The port on the runner's loopback that leads to the machine's TCP port. */
  async forward(guestPort: number): Promise<number> {
    const known = this.#forwarded.get(guestPort)
    if (known !== undefined) return known
    const port = await this.#add(guestPort)
    this.#forwarded.set(guestPort, port)
    return port
  }

  /** After QEMU was started anew: the same ports lead to the machine again. */
  async moveTo(qmp: Monitor): Promise<void> {
    this.#qmp = qmp
    for (const [guestPort, hostPort] of this.#forwarded) await this.#add(guestPort, hostPort)
  }

  /**
   * Whether the machine answers on the port. Connecting is not enough: QEMU accepts every connection by itself and asks the
   * machine afterwards; what the machine said is seen in the state of the connection.
   */
  async probePort(guestPort: number, deadline: Deadline): Promise<PortState> {
    const hostPort = await this.#add(guestPort)
    // Half open, so that a server that says nothing and hangs up is still seen as one that answered.
    const socket = connect({ host: LOOPBACK, port: hostPort, allowHalfOpen: true })
    let hungUp = false
    for (const event of ['end', 'close', 'error'] as const)
      socket.on(event, () => {
        hungUp = true
      })
    socket.resume()
    try {
      return await this.#outcome(hostPort, deadline, () => hungUp)
    } finally {
      socket.destroy()
      await this.#qmp.human(`hostfwd_remove tcp:${LOOPBACK}:${hostPort}`)
    }
  }

  async #outcome(hostPort: number, deadline: Deadline, hungUp: () => boolean): Promise<PortState> {
    for (;;) {
      const over = hungUp()
      const state = (await this.#rows()).find(row => row.hostPort === hostPort && row.state !== 'HOST_FORWARD')?.state
      if (state !== undefined && !state.startsWith('SYN_')) return 'open'
      if (state === undefined && over) return 'closed'
      if (deadline.expired) return 'filtered'
      await systemClock.wait(POLL_INTERVAL)
    }
  }

  async #add(guestPort: number, hostPort = 0): Promise<number> {
    if (this.#guestAddress === '') throw withoutAddress(guestPort)
    const before = new Set((await this.#rows()).map(row => row.hostPort))
    const complaint = await this.#qmp.human(
      `hostfwd_add tcp:${LOOPBACK}:${hostPort}-${this.#guestAddress ?? ''}:${guestPort}`,
    )
    if (complaint.trim() !== '') throw notForwarded(guestPort, complaint.trim())
    const added = (await this.#rows()).find(row => isForward(row, guestPort) && !before.has(row.hostPort))
    if (!added) throw new EnvironmentBroken(`QEMU forwarded port ${guestPort} of the machine and does not show it`)
    return added.hostPort
  }

  async #rows(): Promise<UserNetworkRow[]> {
    return parseUserNetwork(await this.#qmp.human('info usernet'))
  }
}

/** Reads the TCP rows of `info usernet` (QEMU 9 and 10). */
export const parseUserNetwork = (text: string): UserNetworkRow[] =>
  [...text.matchAll(/^[ \t]*TCP\[(\w+)\]\s+\S+\s+\S+\s+(\d+)\s+\S+\s+(\d+)/gm)].map(([, state = '', host, guest]) => ({
    state,
    hostPort: Number(host),
    guestPort: Number(guest),
  }))

const isForward = (row: UserNetworkRow, guestPort: number): boolean =>
  row.state === 'HOST_FORWARD' && row.guestPort === guestPort

const withoutAddress = (port: number): NotSupported =>
  new NotSupported(
    `Port ${port} of this machine cannot be reached from here: its host gives its first network card no IPv4 address, and QEMU forwards no other`,
  )

const notForwarded = (port: number, reason: string) =>
  /no user|not found|unknown|Hub/i.test(reason)
    ? new NotSupported(`Port ${port} of this machine cannot be reached: it has no user network of QEMU (${reason})`)
    : new EnvironmentBroken(`Port ${port} of the machine cannot be forwarded: ${reason}`)
