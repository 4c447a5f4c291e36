import { existsSync } from 'node:fs'
import type { Clock } from '../core/time/clock.ts'
import { Delay } from './delay.ts'
import type { Packet } from './frames.ts'
import { SocketPort } from './socket-port.ts'
import { type Departure, Switch } from './switch.ts'

/** The private network of one run: our switch, with the sockets of the machines at its ports. It needs no privilege. */
export class Network implements Disposable {
  readonly switch: Switch
  readonly #clock: Clock
  readonly #ports = new Map<string, SocketPort>()
  readonly #delays = new Map<string, Delay>()
  readonly #over = new AbortController()

  /** @param seed of the losses: the same seed loses the same frames */
  constructor(clock: Clock, seed: number) {
    this.#clock = clock
    this.switch = new Switch(seed)
  }

  /** Waits at the path for the QEMU of this machine. */
  async listen(machine: string, path: string): Promise<void> {
    // Its QEMU was started anew: the same port, and it connects again.
    if (this.#ports.has(machine) && existsSync(path)) return
    this.#ports.get(machine)?.[Symbol.dispose]()
    this.#ports.set(machine, await SocketPort.listen(path, packets => this.#receive(machine, packets)))
  }

  /** Everything as at first, but for the sockets: what is held back for a latency is gone with the scenario that ordered it. */
  reset(): void {
    for (const delay of this.#delays.values()) delay.clear()
    this.#delays.clear()
    this.switch.reset()
  }

  [Symbol.dispose](): void {
    this.#over.abort()
    for (const port of this.#ports.values()) port[Symbol.dispose]()
    this.#ports.clear()
  }

  #receive(from: string, packets: readonly Packet[]): void {
    const now = this.#clock.now()
    for (const packet of packets)
      for (const departure of this.switch.receive(from, packet, now)) this.#depart(departure, now)
  }

  #depart(departure: Departure, now: number): void {
    const way = `${departure.from}\n${departure.to}`
    const delay = this.#delays.get(way)
    if (departure.at <= now && !delay?.length) this.#deliver(departure)
    else (delay ?? this.#newDelay(way)).push(departure)
  }

  #newDelay(way: string): Delay {
    const delay = new Delay(this.#clock, departure => this.#deliver(departure), this.#over.signal)
    this.#delays.set(way, delay)
    return delay
  }

  #deliver(departure: Departure): void {
    if (!this.switch.leads(departure)) this.switch.left(departure, 'cut')
    else this.switch.left(departure, this.#ports.get(departure.to)?.send(departure.packet) ?? 'cut')
  }
}
