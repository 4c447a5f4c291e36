import { chance } from '../core/chance.ts'

/** What a frame meets on its way from one machine to another. */
export interface Condition {
  readonly down?: boolean
  /** Milliseconds from one to the other. */
  readonly latencyMs?: number
  /** Probability, from 0 to 1, that a frame is lost. */
  readonly loss?: number
}

export type PacketVerdict = 'passes' | 'cut' | 'lost'

/** The conditions between machines, by direction, and who is cut off. Ideal until something is said. */
export class Conditions {
  readonly #seed: number
  readonly #links = new Map<string, Condition & { readonly draw: () => number }>()
  readonly #cutOff = new Set<string>()

  constructor(seed: number) {
    this.#seed = seed
  }

  /** Adds to what holds from one machine to the other. Losses begin anew with the seed, so that a scenario can be repeated. */
  set(from: string, to: string, condition: Condition): void {
    const draw = chance(this.#seed, from, to)
    this.#links.set(link(from, to), { ...this.#links.get(link(from, to)), ...condition, draw })
  }

  cutOff(machine: string, isCutOff: boolean): void {
    if (isCutOff) this.#cutOff.add(machine)
    else this.#cutOff.delete(machine)
  }

  isCutOff(machine: string): boolean {
    return this.#cutOff.has(machine)
  }

  of(from: string, to: string): Condition {
    return this.#links.get(link(from, to)) ?? {}
  }

  isCut(from: string, to: string): boolean {
    return this.#cutOff.has(from) || this.#cutOff.has(to) || this.of(from, to).down === true
  }

  /** What happens to the next frame on this way. */
  verdictFor(from: string, to: string): PacketVerdict {
    if (this.isCut(from, to)) return 'cut'
    const found = this.#links.get(link(from, to))
    return found?.loss !== undefined && found.draw() < found.loss ? 'lost' : 'passes'
  }

  reset(): void {
    this.#links.clear()
    this.#cutOff.clear()
  }
}

const link = (from: string, to: string): string => `${from}\n${to}`
