import { argv } from '../../core/command.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes, scale, seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { Lease } from '../lease.ts'
import { type Machine, type MachineSnapshots, READY } from '../machine.ts'
import { Milestones } from './milestones.ts'
import { evictedInBetween, leftSilent, machineSilent, milestoneGone, noSnapshots } from './slot-messages.ts'

export interface MachineSlotOptions {
  readonly name: string
  /** It runs already, and is not ours: it is neither taken back nor booted. */
  readonly isLive?: boolean
  /** @param anew it must really boot */
  boot(anew: boolean): Promise<Machine>
  note(text: string): void
  /** Whether there is room for one more machine like this one at the same time. */
  hasRoomForStandby(): boolean
}

const RESTORE_TIMEOUT = minutes(3)

/**
 * One machine through a run: which scenario has it, in what state it is, and how the next one gets it clean. Who knows what of that:
 * the slot, which snapshot the machine equals; `Milestones`, which one a feature wants; `Snapshots`, which there are; `VmRuntime`,
 * which boot is the right one.
 */
export class MachineSlot implements AsyncDisposable {
  readonly #options: MachineSlotOptions
  /** A boot that failed stays failed. */
  #machine: Promise<Machine> | undefined
  #lastAcquired: Promise<unknown> = Promise.resolve()
  #lease: Lease | undefined
  /** The saved state that the machine is known to equal; undefined from the first step on that may have changed it. */
  #cleanAt: string | undefined
  #hasToldUnsavable = false
  /** It was ended for want of memory: what its last scenario has left is gone. */
  #wasEvicted = false
  /** It did not answer when it was last asked. */
  #isSuspect = false
  /** Whether it did when it was asked again. */
  #silence: Promise<boolean> | undefined
  readonly #milestones = new Milestones()

  constructor(options: MachineSlotOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get isLive(): boolean {
    return this.#options.isLive ?? false
  }

  /** The machine as this scenario wants it. Within one scenario it is always the same; without one it is taken as it is. */
  acquire(lease?: Lease): Promise<Machine> {
    // The same lease again changes nothing.
    const entered = this.#lastAcquired.then(() => this.#acquire(lease?.id === this.#lease?.id ? undefined : lease))
    // One after the other, so that two who ask at the same time get the same machine.
    this.#lastAcquired = entered.catch(() => {})
    return entered
  }

  /** Whether it could give its memory to another machine while the given scenario runs. */
  isIdle(present: Lease): boolean {
    const isFree = !this.isLive && this.#machine !== undefined && this.#lease?.id !== present.id
    return isFree && !this.#milestones.has(present.feature)
  }

  /** Ends it until it is wanted again. False when there is nothing to end. */
  async evict(): Promise<boolean> {
    const machine = await this.#machine?.catch(() => undefined)
    if (!machine) return false
    this.#machine = undefined
    this.#wasEvicted = true
    await machine[Symbol.asyncDispose]()
    return true
  }

  /** A step begins that may change it. Before the first one, its state is saved unless it is kept already. */
  async markDirty(machine: Machine): Promise<void> {
    const { snapshots: states } = machine
    if ((await this.#machine) !== machine || this.#cleanAt === undefined) return
    if (states && !states.has(READY) && this.#cleanAt === READY) await this.#save(machine, states)
    this.#cleanAt = undefined
    if (this.#lease && !this.#lease.milestone) this.#warmUp(machine, this.#milestones.stateOf(this.#lease.feature))
  }

  /** It did not answer: whatever it is, the next scenario gets it as it was. */
  async markSuspect(machine: Machine): Promise<void> {
    if ((await this.#machine) !== machine) return
    this.#cleanAt = undefined
    this.#isSuspect = true
  }

  /** The scenario of the present lease, tagged `@milestone`, is over. @throws NotSupported, EnvironmentBroken when it cannot be saved */
  async saveMilestone(machine: Machine, reached: boolean): Promise<void> {
    if (!this.#lease || (await this.#machine) !== machine) return
    const { feature } = this.#lease
    const name = this.#milestones.nameFor(feature)
    this.#milestones.await(feature)
    if (!reached) return
    if (!machine.snapshots) throw noSnapshots(machine.name)
    await machine.snapshots.save(name)
    this.#milestones.reached(feature)
    this.#cleanAt = name
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#machine?.catch(() => undefined))?.[Symbol.asyncDispose]()
  }

  async #acquire(lease: Lease | undefined): Promise<Machine> {
    const machine = await this.#machine
    const before = this.#lease
    this.#lease = lease ?? before
    if (!machine) {
      if (this.#wasEvicted) this.#requireNothingLost(before, lease)
      return this.#boot(lease?.isolation === 'fresh')
    }
    if (lease?.isolation === 'fresh') return this.#coldBoot(machine)
    if (this.isLive) return this.#isSuspect ? this.#askAgain(machine) : machine
    if (await this.#isLost(machine)) return this.#restore(machine)
    if (!lease || (lease.isolation === 'shared' && before?.feature === lease.feature))
      return this.#asLeft(machine, lease)
    return this.#cleanAt === this.#wantedSnapshot() ? machine : this.#restore(machine)
  }

  #requireNothingLost(before: Lease | undefined, lease: Lease | undefined): void {
    if (!lease || lease.isolation === 'fresh') return
    if (lease.isolation === 'shared' && before?.feature === lease.feature) throw evictedInBetween(this.#options.name)
    if (this.#milestones.has(lease.feature)) throw milestoneGone(this.#options.name)
  }

  /** Its connection mends itself; one that stays silent is given up once for all, so that no other scenario waits for it. */
  async #askAgain(machine: Machine): Promise<Machine> {
    this.#isSuspect = false
    if ((await machine.state()) === 'running') return machine
    this.#machine = Promise.reject(machineSilent(machine.name))
    return this.#machine
  }

  /** After a doubt it is asked once: to take it back would make up what the scenario before has left. */
  async #asLeft(machine: Machine, lease: Lease | undefined): Promise<Machine> {
    if (!lease || !this.#isSuspect) return machine
    this.#silence ??= answers(machine)
    if (!(await this.#silence)) throw leftSilent(machine.name)
    this.#isSuspect = false
    this.#silence = undefined
    return machine
  }

  #wantedSnapshot(): string {
    return this.#milestones.wanted(this.#lease?.feature ?? '', this.#options.name)
  }

  async #restore(machine: Machine): Promise<Machine> {
    const { snapshots: states } = machine
    const name = this.#wantedSnapshot()
    if (!states) return (await machine.state()) === 'lost' ? this.#coldBoot(machine) : machine
    if (!states.has(name) && name !== READY) throw milestoneGone(machine.name)
    if (!states.has(name)) return this.#coldBoot(machine)
    try {
      await states.restore(name, Deadline.after(RESTORE_TIMEOUT))
      this.#cleanAt = name
      this.#trust()
      // Whose scenarios change it once do so again.
      this.#warmUp(machine, name)
      return machine
    } catch (error) {
      this.#options.note(`Machine "${machine.name}" could not be taken back: ${firstLine(error)}; it is booted anew`)
      return this.#coldBoot(machine)
    }
  }

  #warmUp({ snapshots: states }: Machine, name: string): void {
    if (this.#options.hasRoomForStandby()) states?.warmUp(name)
  }

  async #save(machine: Machine, states: MachineSnapshots): Promise<void> {
    try {
      await states.save(READY)
    } catch (error) {
      if (this.#hasToldUnsavable) return
      this.#hasToldUnsavable = true
      const reason = error instanceof Error ? error.message : String(error)
      this.#options.note(`Machine "${machine.name}" is booted anew after each scenario that changes it. ${reason}`)
    }
  }

  async #coldBoot(former: Machine): Promise<Machine> {
    await former[Symbol.asyncDispose]()
    return this.#boot(true)
  }

  async #boot(anew: boolean): Promise<Machine> {
    this.#cleanAt = READY
    this.#wasEvicted = false
    this.#trust()
    this.#machine = this.#options.boot(anew)
    return this.#machine
  }

  #trust(): void {
    this.#isSuspect = false
    this.#silence = undefined
  }

  async #isLost(machine: Machine): Promise<boolean> {
    const state = await machine.state()
    if (state !== 'lost' && state !== 'panicked') return false
    // Who changes a machine may well make it panic; that is no news to the next scenario.
    if (state === 'lost' || this.#cleanAt !== undefined)
      this.#options.note(
        `Machine "${machine.name}" ${state === 'lost' ? 'was lost' : 'panicked'} since it was last used; it is made anew`,
      )
    this.#cleanAt = undefined
    return true
  }
}

const ANSWER = seconds(5)

async function answers(machine: Machine): Promise<boolean> {
  const attempt = scale(ANSWER, machine.slowness)
  const over = new AbortController()
  const asked = machine
    .shell(machine.preferred)
    .then(shell => shell.run(argv('true'), { attempt, signal: over.signal }))
  try {
    await withTimeout(asked, attempt, () => new Error('no answer'))
    return true
  } catch {
    return false
  } finally {
    over.abort(new Error('no answer'))
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
