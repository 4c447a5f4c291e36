import { Deadline } from '../../core/deadline.ts'
import { minutes } from '../../core/duration.ts'
import type { Visit } from '../lease.ts'
import { type Machine, READY, type SavedStates } from '../machine.ts'
import { Milestones } from './milestones.ts'
import { givenUp, milestoneGone, notKept, noWayBack } from './slot-messages.ts'

export interface StayOptions {
  readonly name: string
  /** It runs already, and is not ours: it is neither taken back nor booted. */
  readonly isLive?: boolean
  /** @param anew it must really boot */
  boot(anew: boolean): Promise<Machine>
  note(text: string): void
  /** Whether there is room for one more machine like this one at the same time. */
  roomForSpare(): boolean
}

const RESTORING = minutes(3)

/** One machine through a run: which scenario has it, in what state it is, and how the next one gets it clean. */
export class Stay implements AsyncDisposable {
  readonly #options: StayOptions
  /** A boot that failed stays failed. */
  #machine: Promise<Machine> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #visit: Visit | undefined
  /** The saved state that the machine is known to equal; undefined from the first step on that may have changed it. */
  #at: string | undefined
  #told = false
  /** It was ended for want of memory: what its last scenario has left is gone. */
  #rested = false
  /** It did not answer when it was last asked. */
  #isDoubtful = false
  readonly #milestones = new Milestones()

  constructor(options: StayOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get isLive(): boolean {
    return this.#options.isLive ?? false
  }

  /** The machine as this scenario wants it. Within one scenario it is always the same; without one it is taken as it is. */
  enter(visit?: Visit): Promise<Machine> {
    const entered = this.#last.then(() => this.#enter(visit?.id === this.#visit?.id ? undefined : visit))
    // One after the other, so that two who ask at the same time get the same machine.
    this.#last = entered.catch(() => {})
    return entered
  }

  /** Whether it could give its memory to another machine while the given scenario runs. */
  isIdle(present: Visit): boolean {
    const isFree = !this.isLive && this.#machine !== undefined && this.#visit?.id !== present.id
    return isFree && !this.#milestones.has(present.feature)
  }

  /** Ends it until it is wanted again. False when there is nothing to end. */
  async rest(): Promise<boolean> {
    const machine = await this.#machine?.catch(() => undefined)
    if (!machine) return false
    this.#machine = undefined
    this.#rested = true
    await machine[Symbol.asyncDispose]()
    return true
  }

  /** A step begins that may change it. Before the first one, its state is saved unless it is kept already. */
  async touched(machine: Machine): Promise<void> {
    const { states } = machine
    if ((await this.#machine) !== machine || this.#at === undefined) return
    if (states && !states.has(READY) && this.#at === READY) await this.#save(machine, states)
    this.#at = undefined
    if (this.#visit && !this.#visit.milestone) this.#prepare(machine, this.#milestones.stateOf(this.#visit.feature))
  }

  /** It did not answer: whatever it is, the next scenario gets it as it was. */
  async doubted(machine: Machine): Promise<void> {
    if ((await this.#machine) !== machine) return
    this.#at = undefined
    this.#isDoubtful = true
  }

  /** The scenario of the present visit, tagged `@milestone`, is over. @throws NotSupported, EnvironmentBroken when it cannot be saved */
  async milestone(machine: Machine, reached: boolean): Promise<void> {
    if (!this.#visit || (await this.#machine) !== machine) return
    const { feature } = this.#visit
    const name = this.#milestones.nameFor(feature)
    this.#milestones.await(feature)
    if (!reached) return
    if (!machine.states) throw noWayBack(machine.name)
    await machine.states.save(name)
    this.#milestones.reached(feature)
    this.#at = name
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#machine?.catch(() => undefined))?.[Symbol.asyncDispose]()
  }

  async #enter(visit: Visit | undefined): Promise<Machine> {
    const machine = await this.#machine
    const before = this.#visit
    this.#visit = visit ?? before
    if (!machine) {
      if (this.#rested) this.#requireNothingKept(before, visit)
      return this.#boot(visit?.wants === 'fresh')
    }
    if (visit?.wants === 'fresh') return this.#bootAnew(machine)
    if (this.isLive) return this.#isDoubtful ? this.#lookAgain(machine) : machine
    if (await this.#isLost(machine)) return this.#takeBack(machine)
    if (!visit || (visit.wants === 'shared' && before?.feature === visit.feature)) return machine
    return this.#at === this.#wanted() ? machine : this.#takeBack(machine)
  }

  #requireNothingKept(before: Visit | undefined, visit: Visit | undefined): void {
    if (!visit || visit.wants === 'fresh') return
    if (visit.wants === 'shared' && before?.feature === visit.feature) throw notKept(this.#options.name)
    if (this.#milestones.has(visit.feature)) throw milestoneGone(this.#options.name)
  }

  /** Its connection mends itself; one that stays silent is given up once for all, so that nobody else waits for it. */
  async #lookAgain(machine: Machine): Promise<Machine> {
    this.#isDoubtful = false
    if ((await machine.state()) === 'running') return machine
    this.#machine = Promise.reject(givenUp(machine.name))
    return this.#machine
  }

  #wanted(): string {
    return this.#milestones.wanted(this.#visit?.feature ?? '', this.#options.name)
  }

  async #takeBack(machine: Machine): Promise<Machine> {
    const { states } = machine
    const name = this.#wanted()
    if (!states) return (await machine.state()) === 'lost' ? this.#bootAnew(machine) : machine
    if (!states.has(name) && name !== READY) throw milestoneGone(machine.name)
    if (!states.has(name)) return this.#bootAnew(machine)
    try {
      await states.restore(name, Deadline.after(RESTORING))
      this.#at = name
      // Whose scenarios change it once do so again.
      this.#prepare(machine, name)
      return machine
    } catch (error) {
      this.#options.note(`Machine "${machine.name}" could not be taken back: ${firstLine(error)}; it is booted anew`)
      return this.#bootAnew(machine)
    }
  }

  #prepare({ states }: Machine, name: string): void {
    if (this.#options.roomForSpare()) states?.prepare(name)
  }

  async #save(machine: Machine, states: SavedStates): Promise<void> {
    try {
      await states.save(READY)
    } catch (error) {
      if (this.#told) return
      this.#told = true
      const reason = error instanceof Error ? error.message : String(error)
      this.#options.note(`Machine "${machine.name}" is booted anew after each scenario that changes it. ${reason}`)
    }
  }

  async #bootAnew(former: Machine): Promise<Machine> {
    await former[Symbol.asyncDispose]()
    return this.#boot(true)
  }

  async #boot(anew: boolean): Promise<Machine> {
    this.#at = READY
    this.#rested = false
    this.#machine = this.#options.boot(anew)
    return this.#machine
  }

  async #isLost(machine: Machine): Promise<boolean> {
    const state = await machine.state()
    if (state !== 'lost' && state !== 'panicked') return false
    // Who changes a machine may well make it panic; that is no news to the next scenario.
    if (state === 'lost' || this.#at !== undefined)
      this.#options.note(
        `Machine "${machine.name}" ${state === 'lost' ? 'was lost' : 'panicked'} since it was last used; it is made anew`,
      )
    this.#at = undefined
    return true
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
