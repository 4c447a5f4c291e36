import { READY } from '../machine.ts'
import { milestoneNotReached } from './slot-messages.ts'

/** In which saved state the scenarios of each feature get a machine. */
export class Milestones {
  /** Undefined for one that was not reached. */
  readonly #names = new Map<string, string | undefined>()

  /** Until it is reached, nothing after it can be judged. */
  await(feature: string): void {
    this.#names.set(feature, undefined)
  }

  /** Gives the name under which the state is to be saved. */
  nameFor(feature: string): string {
    return `milestone in ${feature}`
  }

  reached(feature: string): void {
    this.#names.set(feature, this.nameFor(feature))
  }

  has(feature: string): boolean {
    return this.#names.get(feature) !== undefined
  }

  /** For what can be prepared: where there is no milestone yet, the state in which the machine was ready. */
  stateOf(feature: string): string {
    return this.#names.get(feature) ?? READY
  }

  /** @throws EnvironmentBroken when the milestone of the feature was not reached */
  wanted(feature: string, machine: string): string {
    if (this.#names.has(feature) && !this.has(feature)) throw milestoneNotReached(machine)
    return this.stateOf(feature)
  }
}
