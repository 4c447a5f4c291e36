import { randomInt } from 'node:crypto'
import { NotSupported, UsageError } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import type { Clock } from '../../core/time/clock.ts'
import { freeNetwork, macOf } from '../../network/address.ts'
import { Network } from '../../network/network.ts'
import type { Switch } from '../../network/switch.ts'

/** Names the card in QEMU, and goes into its address. */
const NAME = 'nixcumber'
const MAX_MEMBERS = 254

export interface Card {
  readonly id: string
  readonly mac: string
  listen(path: string): Promise<void>
}

/** The private network of a run: who is on it in the present scenario, and under which address. */
export class PrivateNetwork implements Disposable {
  /** Of the losses: the same seed loses the same packets. */
  readonly seed: number
  readonly #network: Network
  /** The last number of each machine's address: the same all through the run. */
  readonly #numbers = new Map<string, number>()
  readonly #addresses = new Map<string, string>()
  /** Dropped packets that were told of. */
  readonly #told = new Map<string, number>()

  constructor(clock: Clock, seed = randomInt(2 ** 31)) {
    this.seed = seed
    this.#network = new Network(clock, seed)
  }

  get switch(): Switch {
    return this.#network.switch
  }

  /** Those of the present scenario, with their addresses. */
  get addresses(): ReadonlyMap<string, string> {
    return this.#addresses
  }

  card(machine: string): Card {
    return { id: NAME, mac: macOf(NAME, machine), listen: path => this.#network.listen(machine, path) }
  }

  /**
   * Takes machines in.
   * @param taken networks that machines have a route to already
   * @param wanted addresses that the feature gives, by machine
   * @throws UsageError for an address that another machine has, or of another network
   */
  take(machines: readonly string[], taken: readonly string[], wanted: ReadonlyMap<string, string>): void {
    const base = this.#base(taken, [...this.#addresses.values(), ...wanted.values()])
    for (const [machine, address] of wanted) this.#give(machine, address, base)
    for (const machine of machines) {
      if (!this.#addresses.has(machine)) this.#addresses.set(machine, this.#free(machine, base))
      this.switch.connect(machine)
    }
  }

  /** @throws UsageError for a machine that is not on the network, with those that are */
  member(name: string): string {
    if (this.#addresses.has(name)) return name
    if (this.#addresses.size === 0)
      throw refuse({
        what: 'No machine is on a network',
        next: `begin with: Given machines "${name}, …" are on a network`,
      })
    throw refuse({ what: `Machine "${name}" is not on the network`, got: name, known: [...this.#addresses.keys()] })
  }

  /** Takes all machines off and mends every link. Returns unasked losses, which a report should tell. */
  reset(): string[] {
    const dropped = [...this.#addresses.keys()].flatMap(name => this.#newlyDropped(name))
    this.#addresses.clear()
    this.#network.reset()
    return dropped
  }

  #give(machine: string, address: string, base: string): void {
    const what = `Machine "${machine}" cannot have the address ${address}`
    const holder = [...this.#addresses].find(([other, its]) => its === address && other !== machine)?.[0]
    if (holder !== undefined) throw refuse({ what, expected: 'an address that is free', got: `"${holder}" has it` })
    if (!address.startsWith(`${base}.`)) throw refuse({ what, expected: `an address in the network ${base}.0/24` })
    this.#addresses.set(machine, address)
  }

  #newlyDropped(name: string): string[] {
    const { dropped } = this.switch.counts(name)
    const count = dropped - (this.#told.get(name) ?? 0)
    this.#told.set(name, dropped)
    return count > 0 ? [`The network dropped ${count} packets for "${name}": they came faster than it took them`] : []
  }

  [Symbol.dispose](): void {
    this.#network[Symbol.dispose]()
  }

  #base(taken: readonly string[], [given]: readonly string[]): string {
    const base = given === undefined ? freeNetwork(taken) : given.split('.').slice(0, 3).join('.')
    if (base !== undefined) return base
    throw new NotSupported(
      `No network is free for these machines: they have routes to ${taken.join(', ')}. Give them addresses: Given these machines are on a network:`,
    )
  }

  /** The one that the machine had before in this run, unless another has it now; else one that is unused. */
  #free(machine: string, base: string): string {
    const used = new Set(this.#addresses.values())
    const reserved = new Set(this.#numbers.values())
    const all = Array.from({ length: MAX_MEMBERS }, (_, i) => i + 1).filter(number => !used.has(`${base}.${number}`))
    const known = all.find(number => number === this.#numbers.get(machine))
    const number = known ?? all.find(it => !reserved.has(it)) ?? all[0]
    if (number === undefined) throw new UsageError(`A network has room for ${MAX_MEMBERS} machines`)
    this.#numbers.set(machine, number)
    return `${base}.${number}`
  }
}
