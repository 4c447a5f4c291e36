import { Conditions } from './conditions.ts'
import { destinationOf, isForMany, type Packet, sourceOf } from './frames.ts'

/** A frame that is to leave the switch. */
export interface Departure {
  readonly from: string
  readonly to: string
  readonly packet: Packet
  /** By the clock of its port. */
  readonly at: number
}

/** What became of the frames from (`received`) and for one machine. */
export interface Counts {
  received: number
  sent: number
  /** A link was down, a member cut off, or none there. */
  cut: number
  /** By the link's loss. */
  lost: number
  /** Its queue was full. */
  dropped: number
}

/** So many bytes wait for one machine; what comes beyond is dropped, as any switch does. */
export const QUEUE_BYTES = 4 * 1024 * 1024

const LEARNT = 4096

/**
 * A learning Ethernet switch with one machine at each port: frames in, frames out with their times.
 * Does nothing by itself and knows no socket.
 */
export class Switch {
  readonly conditions: Conditions
  readonly #members = new Set<string>()
  readonly #counts = new Map<string, Counts>()
  /** Where an address was last seen. */
  readonly #learnt = new Map<number, string>()
  /** Bytes that wait for each machine, and when the last frame of each way leaves. */
  readonly #waiting = new Map<string, number>()
  readonly #last = new Map<string, number>()

  constructor(seed: number) {
    this.conditions = new Conditions(seed)
  }

  /** From now on the machine is on the network. */
  connect(machine: string): void {
    this.#members.add(machine)
  }

  /** It has no members, nothing is learnt or said of any link, and nothing is on its way any more: `left` is not told of it. */
  reset(): void {
    this.#members.clear()
    this.#learnt.clear()
    this.#waiting.clear()
    this.#last.clear()
    this.conditions.reset()
  }

  get members(): readonly string[] {
    return [...this.#members]
  }

  /** What became of the frames of a machine since the beginning. */
  counts(machine: string): Counts {
    const known = this.#counts.get(machine)
    if (known) return known
    const counts = { received: 0, sent: 0, cut: 0, lost: 0, dropped: 0 }
    this.#counts.set(machine, counts)
    return counts
  }

  /** Takes a frame from a machine. Each departure must be told to `left` at its time. */
  receive(from: string, packet: Packet, now: number): Departure[] {
    this.counts(from).received += 1
    if (!this.#members.has(from)) return []
    this.#learn(packet, from)
    return this.#receivers(packet, from)
      .map(to => ({ from, to, packet, at: now }))
      .filter(departure => this.#pass(departure))
      .map(departure => ({ ...departure, at: this.#inOrder(departure) }))
  }

  /** Whether a frame that is on its way may still arrive: it was not cut off meanwhile. */
  leads({ from, to }: Departure): boolean {
    return this.#members.has(to) && !this.conditions.isCut(from, to)
  }

  left({ to, packet }: Departure, how: 'sent' | 'cut' | 'dropped'): void {
    this.#waiting.set(to, (this.#waiting.get(to) ?? 0) - packet.length)
    this.counts(to)[how] += 1
  }

  #learn(packet: Packet, from: string): void {
    const address = sourceOf(packet)
    if (this.#learnt.get(address) === from) return
    // A guest that makes up addresses must not fill the memory; what is forgotten is flooded and learnt again.
    if (this.#learnt.size >= LEARNT) this.#learnt.clear()
    this.#learnt.set(address, from)
  }

  #receivers(packet: Packet, from: string): readonly string[] {
    const known = isForMany(packet) ? undefined : this.#learnt.get(destinationOf(packet))
    if (known === from) return []
    return known === undefined ? [...this.#members].filter(member => member !== from) : [known]
  }

  #pass(departure: Departure): boolean {
    const { from, to, packet } = departure
    const counts = this.counts(to)
    const fate = this.conditions.verdictFor(from, to)
    if (fate !== 'passes') {
      counts[fate] += 1
      return false
    }
    const waiting = (this.#waiting.get(to) ?? 0) + packet.length
    if (waiting > QUEUE_BYTES) {
      counts.dropped += 1
      return false
    }
    this.#waiting.set(to, waiting)
    return true
  }

  /** A frame never overtakes another of the same way, even when the latency has just become shorter. */
  #inOrder({ from, to, at }: Departure): number {
    const { latencyMs } = this.conditions.of(from, to)
    const way = `${from}\n${to}`
    const last = this.#last.get(way)
    if (latencyMs === undefined && last === undefined) return at
    const leaves = Math.max(at + (latencyMs ?? 0), last ?? 0)
    this.#last.set(way, leaves)
    return leaves
  }
}
